#include "app/console/Options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <array>
#include <cstdio>

namespace kwup {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Options)
};

Error usage(const QString &what)
{
    return Error{ErrorCode::UsageInvalid, {}, {what}, {}, {}, -1};
}

std::optional<Verb> verbFromString(const QString &word)
{
    static const std::array<std::pair<const char *, Verb>, 8> Verbs{{
        {"discover", Verb::Discover},
        {"check", Verb::Check},
        {"plan", Verb::Plan},
        {"run", Verb::Run},
        {"resume", Verb::Resume},
        {"restore", Verb::Restore},
        {"status", Verb::Status},
        {"report", Verb::Report},
    }};
    for (const auto &[name, verb] : Verbs) {
        if (word == QLatin1StringView(name))
            return verb;
    }
    return {};
}

std::optional<Choice> choiceFromString(const QString &word)
{
    for (const Choice choice : {Choice::KeepWaiting, Choice::ForceStop, Choice::Retry,
                                Choice::GoBack, Choice::StopHere}) {
        if (word == toString(choice))
            return choice;
    }
    return {};
}

bool isChoiceOf(const QString &option, Choice choice)
{
    const bool isForFailures = choice == Choice::Retry || choice == Choice::GoBack;
    if (choice == Choice::StopHere)
        return true;
    if (option == u"on-failure")
        return isForFailures;
    return !isForFailures && (choice != Choice::ForceStop || option == u"on-stop-limit");
}

void addOptions(QCommandLineParser &parser)
{
    const auto add = [&parser](const char *name, const QString &help, const char *value) {
        parser.addOption(
            QCommandLineOption(QString::fromLatin1(name), help, QString::fromLatin1(value)));
    };
    add("profile", Text::tr("Hosts, package, backup and order, as YAML."), "file");
    parser.addOption(
        QCommandLineOption(QStringLiteral("json"), Text::tr("Print one JSON object a line.")));
    add("secrets-fd", Text::tr("Read passwords and passphrases as YAML from this file descriptor."),
        "N");
    add("data-dir", Text::tr("Keep journals, reports and the log here."), "directory");
    add("known-hosts", Text::tr("Read this file of known hosts instead of ~/.ssh/known_hosts."),
        "file");
    add("trust", Text::tr("Accept the unknown host key with this SHA-256 fingerprint."),
        "fingerprint");
    add("language", Text::tr("Language of the texts: en or zh_CN."), "language");
    add("run",
        Text::tr("The run to resume, to go back from, to show or report; otherwise the newest."),
        "id");
    add("package", Text::tr("restore: the release archive of the old version."), "file");
    add("output",
        Text::tr("plan: write the runbook to this file (.md or .sh). report: base name of "
                 "the .html and .json files."),
        "file");
    add("accept-warnings",
        Text::tr("Accept all warnings with this reason, which the report shows."), "reason");
    parser.addOption(
        QCommandLineOption(QStringLiteral("take-over-lock"),
                           Text::tr("Take over the lock of another wizard. This is recorded.")));
    add("on-stop-limit",
        Text::tr("Without a terminal, when a node does not stop: keep-waiting, force-stop or "
                 "stop-here."),
        "choice");
    add("on-gate-limit",
        Text::tr("Without a terminal, when a node does not come back: keep-waiting or stop-here."),
        "choice");
    add("on-failure",
        Text::tr("Without a terminal, when a step fails: retry (at most twice a step), go-back "
                 "(where the plan has a way back) or stop-here."),
        "choice");
}

Result<void> readChoices(const QCommandLineParser &parser, Options &options)
{
    const auto read = [&](const QString &name, std::optional<Choice> &target) -> Result<void> {
        if (!parser.isSet(name))
            return {};
        target = choiceFromString(parser.value(name));
        if (!target || !isChoiceOf(name, *target))
            return usage(Text::tr("--%1 cannot be %2").arg(name, parser.value(name)));
        return {};
    };
    if (const auto read1 = read(QStringLiteral("on-stop-limit"), options.onStopLimit); !read1)
        return read1;
    if (const auto read2 = read(QStringLiteral("on-gate-limit"), options.onGateLimit); !read2)
        return read2;
    return read(QStringLiteral("on-failure"), options.onFailure);
}

Result<void> readValues(const QCommandLineParser &parser, Options &options)
{
    options.profile = parser.value(QStringLiteral("profile"));
    options.json = parser.isSet(QStringLiteral("json"));
    options.dataDirectory = parser.value(QStringLiteral("data-dir"));
    options.knownHosts = parser.value(QStringLiteral("known-hosts"));
    options.trusted = parser.values(QStringLiteral("trust"));
    options.runId = parser.value(QStringLiteral("run"));
    options.package = parser.value(QStringLiteral("package"));
    options.output = parser.value(QStringLiteral("output"));
    options.acceptReason = parser.value(QStringLiteral("accept-warnings")).trimmed();
    options.takeOverLock = parser.isSet(QStringLiteral("take-over-lock"));
    if (parser.isSet(QStringLiteral("accept-warnings")) && options.acceptReason.isEmpty())
        return usage(Text::tr("--accept-warnings needs a reason"));
    if (parser.isSet(QStringLiteral("secrets-fd"))) {
        bool isNumber = false;
        options.secretsFd = parser.value(QStringLiteral("secrets-fd")).toInt(&isNumber);
        if (!isNumber || options.secretsFd < 0)
            return usage(Text::tr("--secrets-fd needs the number of an open file descriptor"));
    }
    return readChoices(parser, options);
}

} // namespace

Result<std::optional<Options>> parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Text::tr("Upgrades a KWDB database over SSH.\n\n"
                 "Exit codes: 0 ok, 1 blocked by checks, 2 bad usage or "
                 "input, 3 run failed, 4 stopped and resumable, 5 no "
                 "connection or login."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("verb"),
        Text::tr("discover, check, plan, run, resume, restore, status or report"));
    addOptions(parser);
    if (!parser.parse(arguments))
        return usage(parser.errorText());
    if (parser.isSet(help)) {
        std::fputs(parser.helpText().toLocal8Bit().constData(), stdout);
        return std::optional<Options>();
    }
    if (parser.isSet(version)) {
        std::printf("kwdb-upgrade %s\n", qPrintable(QCoreApplication::applicationVersion()));
        return std::optional<Options>();
    }
    const QStringList verbs = parser.positionalArguments();
    if (verbs.size() != 1)
        return usage(Text::tr("exactly one verb is needed"));
    const std::optional<Verb> verb = verbFromString(verbs.first());
    if (!verb)
        return usage(Text::tr("there is no verb %1").arg(verbs.first()));
    Options options;
    options.verb = *verb;
    if (const Result<void> read = readValues(parser, options); !read)
        return read.error();
    // A run that is resumed knows its hosts from its journal.
    const bool needsProfile = *verb != Verb::Status && *verb != Verb::Report
        && *verb != Verb::Resume && *verb != Verb::Restore;
    const bool lacksBackup = options.runId.isEmpty() || options.package.isEmpty();
    if (*verb == Verb::Restore && lacksBackup)
        return usage(Text::tr("restore needs --run and --package"));
    if (needsProfile && options.profile.isEmpty())
        return usage(Text::tr("--profile is needed"));
    return std::optional<Options>(options);
}

} // namespace kwup
