#include "core/log/Log.h"
#include "core/run/RestorePoints.h"
#include "core/ssh/SshConnector.h"
#include "core/ssh/SshLibrary.h"
#include "ui/controllers/CoreEngine.h"
#include "ui/pages/StartPage.h"
#include "ui/wizard/Language.h"
#include "ui/wizard/UpgradeWizard.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QStandardPaths>

#include <cstdio>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(WizardMain)
};

struct Options {
    QString profile;
    QString dataDirectory;
    QString knownHosts;
    bool resume = false;
};

/// Read ahead of everything else, so that --help speaks it.
QString languageIn(const QStringList &arguments)
{
    const QString name = QStringLiteral("language");
    QCommandLineParser parser;
    parser.addOption(QCommandLineOption(name, {}, name));
    parser.parse(arguments); // that other options are unknown here does not matter
    return parser.isSet(name) ? parser.value(name) : kwup::Language::preferred();
}

Options parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Upgrades a KWDB database over SSH."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption profile(QStringLiteral("profile"), Text::tr("Open this profile."),
                                     QStringLiteral("file"));
    const QCommandLineOption resume(QStringLiteral("resume"),
                                    Text::tr("Offer the newest unfinished run first."));
    const QCommandLineOption language(QStringLiteral("language"),
                                      Text::tr("Language of the window: zh_CN or en."),
                                      QStringLiteral("code"));
    const QCommandLineOption dataDirectory(QStringLiteral("data-dir"),
                                           Text::tr("Keep runs, known hosts and log here."),
                                           QStringLiteral("directory"));
    const QCommandLineOption knownHosts(
        QStringLiteral("known-hosts"),
        Text::tr("Read this file of known hosts instead of ~/.ssh/known_hosts."),
        QStringLiteral("file"));
    parser.addOptions({profile, resume, language, dataDirectory, knownHosts});
    parser.process(arguments);
    return {parser.value(profile), parser.value(dataDirectory), parser.value(knownHosts),
            parser.isSet(resume)};
}

kwup::SshConfig sshConfig(const Options &options, const QDir &data)
{
    kwup::SshConfig config = kwup::SshConfig::standard();
    if (!options.knownHosts.isEmpty())
        config.userKnownHostsFile = options.knownHosts;
    config.ownKnownHostsFile = data.filePath(QStringLiteral("known_hosts"));
    return config;
}

} // namespace

int main(int argc, char *argv[])
{
    using namespace kwup;
    QApplication application(argc, argv);
    // The name both programs share: it decides where runs, keys and the log are kept.
    QCoreApplication::setApplicationName(QStringLiteral("kwdb-upgrade-wizard"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KWUP_VERSION));
    Language language;
    language.use(languageIn(QCoreApplication::arguments()));
    const Options options = parseOptions(QCoreApplication::arguments());

    const QDir data(options.dataDirectory.isEmpty()
                        ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                        : options.dataDirectory);
    // Without a log the upgrade is still safe: the journal is what must be writable.
    if (const Result<void> logging = startLog(data.absolutePath()); !logging)
        std::fprintf(stderr, "%s\n", describe(logging.error()).toUtf8().constData());

    const SshLibrary library;
    SshConnector connector(sshConfig(options, data));
    const RunStore store = options.dataDirectory.isEmpty()
        ? RunStore()
        : RunStore(data.absoluteFilePath(QStringLiteral("runs")));
    CoreEngine engine(connector, store);
    UpgradeSession session;
    session.setRestorePoints([store](const MethodOptions &given, const QList<HostSpec> &hosts) {
        return restorePointOf(store, given, hosts);
    });
    Controllers controllers(engine, session);
    UpgradeWizard wizard(controllers, session, language);
    if (options.resume)
        wizard.startPage()->preferResume();
    wizard.show();
    if (!options.profile.isEmpty())
        wizard.startPage()->openProfile(options.profile);
    return QApplication::exec();
}
