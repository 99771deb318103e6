#pragma once

#include "ui/wizard/HostDraft.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace kwup {

class SecretEdit;

/// Edits one LoginChoice: the defaults for all hosts, or what selected hosts do differently (then
/// every field may stay empty, which means "as in the defaults"). The only place where secrets are
/// typed. GUI thread.
class LoginPanel final : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Defaults, Override };
    LoginPanel(Kind kind, QWidget *parent = nullptr);

    LoginChoice login() const;
    void setLogin(const LoginChoice &login); ///< does not emit edited()
    void retranslateUi();

signals:
    void edited();

private:
    void buildHost();
    void buildJump();
    void addRow(QFormLayout *form, QWidget *field, const char *label);
    void fillCombo(QComboBox *combo, const QStringList &words);
    void browse(QLineEdit *target);
    QWidget *withBrowse(QLineEdit *edit);
    void updateEnabled();

    Kind m_kind;
    QList<std::pair<QLabel *, const char *>> m_labels;
    QList<std::pair<QPushButton *, QLineEdit *>> m_browseButtons;
    QLineEdit *m_user;
    QLineEdit *m_port;
    QComboBox *m_auth;
    QLineEdit *m_keyFile;
    SecretEdit *m_password;
    SecretEdit *m_passphrase;
    QComboBox *m_privilege;
    SecretEdit *m_sudoPassword;
    QGroupBox *m_jumpBox;
    QLineEdit *m_jumpAddress;
    QLineEdit *m_jumpPort;
    QLineEdit *m_jumpUser;
    QComboBox *m_jumpAuth;
    QLineEdit *m_jumpKeyFile;
    SecretEdit *m_jumpPassword;
    SecretEdit *m_jumpPassphrase;
};

} // namespace kwup
