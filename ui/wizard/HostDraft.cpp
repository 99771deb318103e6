#include "ui/wizard/HostDraft.h"

#include <QCoreApplication>
#include <QSet>

namespace kwup {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("HostDraft", source);
}

Secret orElse(const Secret &own, const Secret &fallback)
{
    return own.isEmpty() ? fallback : own;
}

template <typename T>
std::optional<T> unlessSame(const T &value, const T &standard)
{
    return value == standard ? std::nullopt : std::optional<T>(value);
}

} // namespace

HostLogin resolved(const HostDraft &draft, const LoginChoice &defaults)
{
    const LoginChoice &own = draft.own;
    HostLogin login;
    login.spec.address = draft.address;
    login.spec.port = own.port.value_or(defaults.port.value_or(22));
    login.spec.user = own.user.value_or(defaults.user.value_or(QString()));
    login.spec.auth = own.auth.value_or(defaults.auth.value_or(AuthMethod::Agent));
    if (login.spec.auth == AuthMethod::KeyFile)
        login.spec.keyFile = own.keyFile.value_or(defaults.keyFile.value_or(QString()));
    login.spec.privilege =
        own.privilege.value_or(defaults.privilege.value_or(PrivilegeMode::Detect));
    login.spec.jump = own.jump ? own.jump : defaults.jump;
    login.secrets.password = orElse(own.secrets.password, defaults.secrets.password);
    login.secrets.passphrase = orElse(own.secrets.passphrase, defaults.secrets.passphrase);
    login.secrets.sudoPassword = orElse(own.secrets.sudoPassword, defaults.secrets.sudoPassword);
    login.secrets.jumpPassword = orElse(own.secrets.jumpPassword, defaults.secrets.jumpPassword);
    login.secrets.jumpPassphrase =
        orElse(own.secrets.jumpPassphrase, defaults.secrets.jumpPassphrase);
    return login;
}

HostDraft draftOf(const HostSpec &spec, const LoginChoice &defaults)
{
    HostDraft draft;
    draft.address = spec.address;
    const HostSpec standard = resolved(HostDraft{spec.address, {}}, defaults).spec;
    draft.own.port = unlessSame(spec.port, standard.port);
    if (!spec.user.isEmpty())
        draft.own.user = unlessSame(spec.user, standard.user);
    draft.own.auth = unlessSame(spec.auth, standard.auth);
    if (!spec.keyFile.isEmpty())
        draft.own.keyFile = unlessSame(spec.keyFile, standard.keyFile);
    draft.own.privilege = unlessSame(spec.privilege, standard.privilege);
    if (spec.jump && spec.jump != standard.jump)
        draft.own.jump = spec.jump;
    return draft;
}

QStringList problemsOf(const QList<HostLogin> &logins)
{
    QStringList problems;
    if (logins.isEmpty())
        problems << text(QT_TRANSLATE_NOOP("HostDraft", "Add at least one host."));
    QSet<QString> seen;
    for (const HostLogin &login : logins) {
        const HostSpec &spec = login.spec;
        if (spec.address.isEmpty()) {
            problems << text(QT_TRANSLATE_NOOP("HostDraft", "A row of the list has no address."));
            continue;
        }
        const QString id = spec.id();
        if (seen.contains(id))
            problems << text(QT_TRANSLATE_NOOP("HostDraft", "The host %1 is in the list twice."))
                            .arg(id);
        seen.insert(id);
        if (spec.user.isEmpty())
            problems
                << text(QT_TRANSLATE_NOOP("HostDraft", "%1: the user name is missing.")).arg(id);
        if (spec.auth == AuthMethod::KeyFile && spec.keyFile.isEmpty())
            problems
                << text(QT_TRANSLATE_NOOP("HostDraft", "%1: the key file is missing.")).arg(id);
        if (spec.auth == AuthMethod::Password && login.secrets.password.isEmpty())
            problems
                << text(QT_TRANSLATE_NOOP("HostDraft", "%1: the password is missing.")).arg(id);
        if (spec.jump && (spec.jump->address.isEmpty() || spec.jump->user.isEmpty()))
            problems << text(QT_TRANSLATE_NOOP(
                                 "HostDraft",
                                 "%1: the address or the user of the jump host is missing."))
                            .arg(id);
    }
    return problems;
}

QString authName(AuthMethod method)
{
    switch (method) {
    case AuthMethod::Agent:
        return text(QT_TRANSLATE_NOOP("HostDraft", "SSH agent"));
    case AuthMethod::KeyFile:
        return text(QT_TRANSLATE_NOOP("HostDraft", "Key file"));
    case AuthMethod::Password:
        return text(QT_TRANSLATE_NOOP("HostDraft", "Password"));
    case AuthMethod::KeyboardInteractive:
        return text(QT_TRANSLATE_NOOP("HostDraft", "Keyboard-interactive"));
    }
    return {};
}

QString privilegeName(PrivilegeMode mode)
{
    switch (mode) {
    case PrivilegeMode::Detect:
        return text(QT_TRANSLATE_NOOP("HostDraft", "Find out"));
    case PrivilegeMode::Root:
        return text(QT_TRANSLATE_NOOP("HostDraft", "Login as root"));
    case PrivilegeMode::SudoNoPassword:
        return text(QT_TRANSLATE_NOOP("HostDraft", "sudo without password"));
    case PrivilegeMode::SudoPassword:
        return text(QT_TRANSLATE_NOOP("HostDraft", "sudo with password"));
    }
    return {};
}

} // namespace kwup
