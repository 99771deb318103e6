#include "app/console/Interrupt.h"
#include "app/console/Options.h"
#include "app/console/Output.h"
#include "app/console/Session.h"
#include "app/console/Terminal.h"
#include "core/log/Log.h"
#include "core/ssh/SshConnector.h"
#include "core/ssh/SshLibrary.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <QStandardPaths>
#include <QTranslator>

namespace {

/// Read ahead of everything else, so that --help and complaints about the command line speak it.
QString languageIn(const QStringList &arguments)
{
    const QString name = QStringLiteral("language");
    QCommandLineParser parser;
    parser.addOption(QCommandLineOption(name, {}, name));
    parser.parse(arguments); // that other options are unknown here does not matter
    return parser.value(name);
}

/// Texts in the language asked for, otherwise the system's. The translators live until the end.
void installLanguage(QCoreApplication &application, const QString &language)
{
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    const QString name =
        locale.language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    // Qt's own first: the translator installed last is asked first.
    for (const auto &file : {QStringLiteral("qtbase"), QStringLiteral("kwup")}) {
        auto *translator = new QTranslator(&application);
        if (translator->load(QStringLiteral(":/i18n/%1_%2.qm").arg(file, name)))
            QCoreApplication::installTranslator(translator);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    using namespace kwup;
    QCoreApplication application(argc, argv);
    // The name both programs share: it decides where runs, keys and the log are kept.
    QCoreApplication::setApplicationName(QStringLiteral("kwdb-upgrade-wizard"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KWUP_VERSION));

    installLanguage(application, languageIn(QCoreApplication::arguments()));
    const Result<std::optional<Options>> parsed = parseOptions(QCoreApplication::arguments());
    if (!parsed) {
        terminal::write(stderr, describe(parsed.error()) + u'\n' + remedy(parsed.error()) + u'\n');
        return static_cast<int>(ExitCode::Usage);
    }
    if (!parsed->has_value())
        return 0;
    const Options options = **parsed;

    Interrupt interrupt; // before any other thread, so that signals reach it alone
    const QString dataDirectory = options.dataDirectory.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
        : options.dataDirectory;
    Output output(options.json);
    if (const Result<void> logging = startLog(dataDirectory); !logging) {
        output.error(logging.error());
        return static_cast<int>(ExitCode::Usage);
    }
    const SshLibrary library;
    SshConfig config = SshConfig::standard();
    if (!options.knownHosts.isEmpty())
        config.userKnownHostsFile = options.knownHosts;
    config.ownKnownHostsFile = QDir(dataDirectory).filePath(QStringLiteral("known_hosts"));
    SshConnector connector(config);
    Session session(options, connector, output, interrupt);
    const ExitCode code = session.run();
    output.object(QStringLiteral("result"), {{QStringLiteral("exitCode"), static_cast<int>(code)}});
    return static_cast<int>(code);
}
