#pragma once

#include "core/remote/HostConnection.h"

#include <QDialog>

class QLabel;
class QLineEdit;

namespace kwup {

/// Questions a server asks while logging in (one-time code, new password). Open it with open();
/// closing it gives up. Deletes itself. GUI thread.
class QuestionDialog final : public QDialog {
    Q_OBJECT
public:
    QuestionDialog(const QString &host, const QString &title,
                   const QList<ConnectPrompts::Question> &questions, QWidget *parent = nullptr);

signals:
    void answered(const QList<kwup::Secret> &answers); ///< empty: given up

protected:
    void changeEvent(QEvent *event) override;
    void done(int result) override;

private:
    void retranslateUi();

    QString m_host;
    QString m_title;
    QLabel *m_text;
    QList<QLineEdit *> m_edits;
};

} // namespace kwup
