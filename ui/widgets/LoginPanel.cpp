#include "ui/widgets/LoginPanel.h"

#include "ui/widgets/SecretEdit.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <array>

namespace kwup {

namespace {

constexpr std::array Auths{AuthMethod::Agent, AuthMethod::KeyFile, AuthMethod::Password,
                           AuthMethod::KeyboardInteractive};
constexpr std::array Privileges{PrivilegeMode::Detect, PrivilegeMode::Root,
                                PrivilegeMode::SudoNoPassword, PrivilegeMode::SudoPassword};

QStringList authWords()
{
    QStringList words;
    for (const AuthMethod method : Auths)
        words << authName(method);
    return words;
}

QStringList privilegeWords()
{
    QStringList words;
    for (const PrivilegeMode mode : Privileges)
        words << privilegeName(mode);
    return words;
}

std::optional<QString> textOf(const QLineEdit *edit)
{
    const QString text = edit->text().trimmed();
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

std::optional<quint16> portOf(const QLineEdit *edit)
{
    const int port = edit->text().trimmed().toInt();
    return port > 0 && port < 65536 ? std::optional(static_cast<quint16>(port)) : std::nullopt;
}

} // namespace

LoginPanel::LoginPanel(Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_user(new QLineEdit(this))
    , m_port(new QLineEdit(this))
    , m_auth(new QComboBox(this))
    , m_keyFile(new QLineEdit(this))
    , m_password(new SecretEdit(this))
    , m_passphrase(new SecretEdit(this))
    , m_privilege(new QComboBox(this))
    , m_sudoPassword(new SecretEdit(this))
    , m_jumpBox(new QGroupBox(this))
    , m_jumpAddress(new QLineEdit(m_jumpBox))
    , m_jumpPort(new QLineEdit(m_jumpBox))
    , m_jumpUser(new QLineEdit(m_jumpBox))
    , m_jumpAuth(new QComboBox(m_jumpBox))
    , m_jumpKeyFile(new QLineEdit(m_jumpBox))
    , m_jumpPassword(new SecretEdit(m_jumpBox))
    , m_jumpPassphrase(new SecretEdit(m_jumpBox))
{
    buildHost();
    buildJump();
    for (QLineEdit *edit : findChildren<QLineEdit *>())
        connect(edit, &QLineEdit::textEdited, this, &LoginPanel::edited);
    for (QComboBox *combo : findChildren<QComboBox *>())
        connect(combo, &QComboBox::activated, this, &LoginPanel::edited);
    connect(m_jumpBox, &QGroupBox::clicked, this, &LoginPanel::edited);
    connect(this, &LoginPanel::edited, this, &LoginPanel::updateEnabled);
    retranslateUi();
    updateEnabled();
}

void LoginPanel::buildHost()
{
    auto *row = new QHBoxLayout(this);
    auto *form = new QFormLayout;
    row->addLayout(form, 3);
    row->addWidget(m_jumpBox, 2);
    const QString side =
        m_kind == Kind::Defaults ? QStringLiteral("default") : QStringLiteral("own");
    m_user->setObjectName(side + QStringLiteral("UserEdit"));
    m_port->setObjectName(side + QStringLiteral("PortEdit"));
    m_auth->setObjectName(side + QStringLiteral("AuthCombo"));
    m_keyFile->setObjectName(side + QStringLiteral("KeyFileEdit"));
    m_password->setObjectName(side + QStringLiteral("PasswordEdit"));
    m_passphrase->setObjectName(side + QStringLiteral("PassphraseEdit"));
    m_privilege->setObjectName(side + QStringLiteral("PrivilegeCombo"));
    m_sudoPassword->setObjectName(side + QStringLiteral("SudoPasswordEdit"));
    m_port->setValidator(new QIntValidator(1, 65535, m_port));
    addRow(form, m_user, QT_TR_NOOP("&User"));
    addRow(form, m_port, QT_TR_NOOP("&Port"));
    addRow(form, m_auth, QT_TR_NOOP("&Authentication"));
    addRow(form, m_keyFile, QT_TR_NOOP("&Key file"));
    addRow(form, m_password, QT_TR_NOOP("Pass&word"));
    addRow(form, m_passphrase, QT_TR_NOOP("Passp&hrase of the key"));
    addRow(form, m_privilege, QT_TR_NOOP("&Root by"));
    addRow(form, m_sudoPassword, QT_TR_NOOP("&Sudo password"));
}

void LoginPanel::buildJump()
{
    auto *form = new QFormLayout(m_jumpBox);
    m_jumpBox->setCheckable(true);
    m_jumpBox->setChecked(false);
    m_jumpPort->setValidator(new QIntValidator(1, 65535, m_jumpPort));
    addRow(form, m_jumpAddress, QT_TR_NOOP("Address of the jump host"));
    addRow(form, m_jumpPort, QT_TR_NOOP("Port of the jump host"));
    addRow(form, m_jumpUser, QT_TR_NOOP("User on the jump host"));
    addRow(form, m_jumpAuth, QT_TR_NOOP("Authentication there"));
    addRow(form, m_jumpKeyFile, QT_TR_NOOP("Key file for it"));
    addRow(form, m_jumpPassword, QT_TR_NOOP("Password there"));
    addRow(form, m_jumpPassphrase, QT_TR_NOOP("Passphrase of its key"));
}

void LoginPanel::addRow(QFormLayout *form, QWidget *field, const char *label)
{
    auto *caption = new QLabel(form->parentWidget() ? form->parentWidget() : this);
    const bool isFile = field == m_keyFile || field == m_jumpKeyFile;
    form->addRow(caption, isFile ? withBrowse(qobject_cast<QLineEdit *>(field)) : field);
    caption->setBuddy(field);
    m_labels.append({caption, label});
}

QWidget *LoginPanel::withBrowse(QLineEdit *edit)
{
    auto *both = new QWidget(this);
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    auto *button = new QPushButton(both);
    row->addWidget(edit, 1);
    row->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, edit] { browse(edit); });
    m_browseButtons.append({button, edit});
    return both;
}

void LoginPanel::browse(QLineEdit *target)
{
    auto *dialog = new QFileDialog(this, tr("Private key file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, target](const QString &file) {
        target->setText(file);
        emit edited();
    });
    dialog->open();
}

void LoginPanel::fillCombo(QComboBox *combo, const QStringList &words)
{
    const QSignalBlocker blocker(combo);
    const int current = combo->currentIndex();
    combo->clear();
    if (m_kind == Kind::Override && combo != m_jumpAuth)
        combo->addItem(tr("As in the defaults"));
    combo->addItems(words);
    combo->setCurrentIndex(qMax(0, current));
}

void LoginPanel::retranslateUi()
{
    for (const auto &[label, text] : m_labels) {
        label->setText(tr(text));
        // A buddy names only a sibling; the key files stand beside their buttons.
        label->buddy()->setAccessibleName(tr(text).remove(u'&'));
    }
    for (const auto &[button, edit] : m_browseButtons) {
        button->setText(tr("Browse…"));
        button->setAccessibleName(edit == m_keyFile
                                      ? tr("Browse for the key file")
                                      : tr("Browse for the key file of the jump host"));
    }
    m_jumpBox->setTitle(tr("Through a &jump host"));
    fillCombo(m_auth, authWords());
    fillCombo(m_privilege, privilegeWords());
    fillCombo(m_jumpAuth, authWords());
    const QString standard = m_kind == Kind::Override ? tr("As in the defaults") : QString();
    m_user->setPlaceholderText(standard);
    m_keyFile->setPlaceholderText(standard);
    m_password->setPlaceholderText(standard);
    m_port->setPlaceholderText(m_kind == Kind::Override ? standard : QStringLiteral("22"));
    m_jumpPort->setPlaceholderText(QStringLiteral("22"));
    m_sudoPassword->setPlaceholderText(m_kind == Kind::Override ? standard
                                                                : tr("Empty: the login password"));
}

void LoginPanel::updateEnabled()
{
    // An override may inherit its authentication: then every field stays open.
    const auto open = [](const QComboBox *combo, int base, AuthMethod method) {
        const int choice = combo->currentIndex() - base;
        return choice < 0 || Auths.at(static_cast<size_t>(choice)) == method;
    };
    const int base = m_kind == Kind::Override ? 1 : 0;
    const bool key = open(m_auth, base, AuthMethod::KeyFile);
    m_keyFile->setEnabled(key);
    m_passphrase->setEnabled(key);
    const bool jumpKey = m_jumpBox->isChecked() && open(m_jumpAuth, 0, AuthMethod::KeyFile);
    m_jumpKeyFile->setEnabled(jumpKey);
    m_jumpPassphrase->setEnabled(jumpKey);
    for (const auto &[button, edit] : m_browseButtons)
        button->setEnabled(edit->isEnabled());
}

LoginChoice LoginPanel::login() const
{
    LoginChoice result;
    result.user = textOf(m_user);
    result.port = portOf(m_port);
    const int base = m_kind == Kind::Override ? 1 : 0;
    if (const int choice = m_auth->currentIndex() - base; choice >= 0)
        result.auth = Auths.at(static_cast<size_t>(choice));
    if (const int choice = m_privilege->currentIndex() - base; choice >= 0)
        result.privilege = Privileges.at(static_cast<size_t>(choice));
    result.keyFile = textOf(m_keyFile);
    result.secrets.password = m_password->secret();
    result.secrets.passphrase = m_passphrase->secret();
    result.secrets.sudoPassword = m_sudoPassword->secret();
    if (m_jumpBox->isChecked()) {
        JumpHost jump;
        jump.address = textOf(m_jumpAddress).value_or(QString());
        jump.port = portOf(m_jumpPort).value_or(22);
        jump.user = textOf(m_jumpUser).value_or(QString());
        jump.auth = Auths.at(static_cast<size_t>(qMax(0, m_jumpAuth->currentIndex())));
        jump.keyFile = textOf(m_jumpKeyFile).value_or(QString());
        result.jump = jump;
        result.secrets.jumpPassword = m_jumpPassword->secret();
        result.secrets.jumpPassphrase = m_jumpPassphrase->secret();
    }
    return result;
}

void LoginPanel::setLogin(const LoginChoice &login)
{
    const int base = m_kind == Kind::Override ? 1 : 0;
    const auto setText = [](QLineEdit *edit, const QString &text) {
        if (edit->text().trimmed() != text)
            edit->setText(text);
    };
    setText(m_user, login.user.value_or(QString()));
    setText(m_port, login.port ? QString::number(*login.port) : QString());
    setText(m_keyFile, login.keyFile.value_or(QString()));
    m_auth->setCurrentIndex(login.auth ? base + static_cast<int>(*login.auth) : 0);
    m_privilege->setCurrentIndex(login.privilege ? base + static_cast<int>(*login.privilege) : 0);
    m_password->setSecret(login.secrets.password);
    m_passphrase->setSecret(login.secrets.passphrase);
    m_sudoPassword->setSecret(login.secrets.sudoPassword);
    const JumpHost jump = login.jump.value_or(JumpHost{});
    m_jumpBox->setChecked(login.jump.has_value());
    setText(m_jumpAddress, jump.address);
    setText(m_jumpPort, login.jump ? QString::number(jump.port) : QString());
    setText(m_jumpUser, jump.user);
    m_jumpAuth->setCurrentIndex(static_cast<int>(jump.auth));
    setText(m_jumpKeyFile, jump.keyFile);
    m_jumpPassword->setSecret(login.secrets.jumpPassword);
    m_jumpPassphrase->setSecret(login.secrets.jumpPassphrase);
    updateEnabled();
}

} // namespace kwup
