#include "ui/widgets/SecretEdit.h"

namespace kwup {

SecretEdit::SecretEdit(QWidget *parent)
    : QLineEdit(parent)
{
    setEchoMode(QLineEdit::Password);
    setDragEnabled(false);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
                        | Qt::ImhNoAutoUppercase);
}

Secret SecretEdit::secret() const
{
    return Secret(text().toUtf8());
}

void SecretEdit::setSecret(const Secret &secret)
{
    const QString text = QString::fromUtf8(secret.reveal());
    if (text != this->text())
        setText(text);
}

} // namespace kwup
