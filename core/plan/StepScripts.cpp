#include "core/plan/StepScripts.h"

#include "core/base/CommandLine.h"

#include <QFile>

static void initPlanScripts()
{
    Q_INIT_RESOURCE(plan_scripts);
}

namespace kwup {

namespace {

// A host's login shell may have a PATH without the administrator's directories.
constexpr auto Prelude = "set -u\n"
                         "LC_ALL=C\n"
                         "PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n"
                         "export LC_ALL PATH\n";

} // namespace

namespace {

QByteArray scriptFrom(const QString &file, const QList<QPair<QString, QString>> &variables,
                      const QByteArray &functions)
{
    initPlanScripts(); // a static library's resources are dropped by the linker otherwise
    QFile body(QStringLiteral(":/kwup/plan/") + file);
    if (!body.open(QFile::ReadOnly))
        return {};
    QByteArray script = Prelude;
    for (const auto &[name, value] : variables)
        script += name.toLatin1() + '=' + shellQuote(value).toUtf8() + '\n';
    return script + functions + body.readAll();
}

} // namespace

QByteArray stepScript(StepKind kind, const QList<QPair<QString, QString>> &variables,
                      const QByteArray &functions)
{
    return scriptFrom(toString(kind) + QStringLiteral(".sh"), variables, functions);
}

QByteArray lookScript(StepKind kind, const QList<QPair<QString, QString>> &variables,
                      const QByteArray &functions)
{
    return scriptFrom(toString(kind) + QStringLiteral(".look.sh"), variables, functions);
}

QByteArray namedScript(const QString &name, const QList<QPair<QString, QString>> &variables,
                       const QByteArray &functions)
{
    return scriptFrom(name + QStringLiteral(".sh"), variables, functions);
}

QByteArray sharedScript(const QString &name)
{
    initPlanScripts();
    QFile file(QStringLiteral(":/kwup/plan/%1.sh").arg(name));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray settingScript(const KwbaseCli &cli, const QString &name, const QString &value)
{
    return cli.sql({sql::setSetting(name, value)}).toUtf8() + '\n';
}

} // namespace kwup
