#include "core/plan/Plan.h"
#include "core/plan/PlanNotes.h"

#include "core/base/CommandLine.h"

#include <QCoreApplication>

namespace kwup {

namespace {

QString text(const char *sentence)
{
    return QCoreApplication::translate("Runbook", sentence);
}

/// A fence that the script itself does not contain.
QString fenceFor(const QString &script)
{
    QString fence = QStringLiteral("```");
    while (script.contains(fence))
        fence += u'`';
    return fence;
}

QString tableCell(QString value)
{
    return value.replace(u'|', QStringLiteral("\\|")).replace(u'\n', u' ');
}

QString backupSentence(const BackupChoice &backup)
{
    switch (backup.kind) {
    case BackupChoice::Kind::None:
        return text(QT_TRANSLATE_NOOP("Runbook", "The question for a backup is not answered."));
    case BackupChoice::Kind::ColdCopy:
        return text(QT_TRANSLATE_NOOP("Runbook",
                                      "A cold copy of each stopped node is made below %1."))
            .arg(backup.directory);
    case BackupChoice::Kind::Named:
        return text(QT_TRANSLATE_NOOP("Runbook", "The operator names this backup: %1"))
            .arg(backup.evidence);
    case BackupChoice::Kind::Refused:
        return text(QT_TRANSLATE_NOOP("Runbook", "The operator goes without a backup: %1"))
            .arg(backup.reason);
    }
    return {};
}

QString headMarkdown(const Plan &plan)
{
    QString head = QStringLiteral("# %1\n\n")
                       .arg(text(QT_TRANSLATE_NOOP("Runbook", "Upgrade of KWDB from %1 to %2"))
                                .arg(plan.from.toString(), plan.to.toString()));
    const auto row = [&head](const QString &name, const QString &value) {
        head += QStringLiteral("| %1 | %2 |\n").arg(name, tableCell(value));
    };
    head += QStringLiteral("| | |\n|---|---|\n");
    QStringList hosts;
    for (const auto &host : plan.hosts)
        hosts.append(host.id());
    row(text(QT_TRANSLATE_NOOP("Runbook", "Run")), plan.runId);
    row(text(QT_TRANSLATE_NOOP("Runbook", "Method")),
        QStringLiteral("%1 (`%2`)").arg(methodName(plan.method), toString(plan.method)));
    row(text(QT_TRANSLATE_NOOP("Runbook", "Hosts in order")), hosts.join(QStringLiteral(", ")));
    row(text(QT_TRANSLATE_NOOP("Runbook", "Package")), plan.package.file);
    row(text(QT_TRANSLATE_NOOP("Runbook", "SHA-256")), QString::fromLatin1(plan.package.sha256));
    row(text(QT_TRANSLATE_NOOP("Runbook", "Backup")), backupSentence(plan.backup));
    row(text(QT_TRANSLATE_NOOP("Runbook", "Estimated seconds")),
        QString::number(plan.estimate().count()));
    head += u'\n'
        + text(QT_TRANSLATE_NOOP("Runbook",
                                 "The scripts are run as root. Directory of the run on each host: "
                                 "%1."))
              .arg(plan.remoteDirectory())
        + QStringLiteral("\n\n");
    for (const auto &note : planNotes(plan))
        head += QStringLiteral("> %1\n\n").arg(note);
    return head;
}

/// When a stage of the way back is needed.
QString conditionOf(const Stage &stage)
{
    QString condition;
    if (!stage.onlyIfBegun.isEmpty()) {
        condition += text(QT_TRANSLATE_NOOP("Runbook", "Only if this step has been begun: `%1`."))
                         .arg(stage.onlyIfBegun)
            + QStringLiteral("\n\n");
    }
    if (!stage.notIfBegun.isEmpty()) {
        condition += text(QT_TRANSLATE_NOOP("Runbook", "Not once this step has been begun: `%1`."))
                         .arg(stage.notIfBegun)
            + QStringLiteral("\n\n");
    }
    return condition;
}

QString stepMarkdown(const Plan &plan, const PlanStep &step, const QString &stageNumber,
                     int stepNumber)
{
    QString section = QStringLiteral("### %1.%2 %3\n\n")
                          .arg(stageNumber, QString::number(stepNumber), stepTitle(step));
    if (step.id == plan.pointOfNoReturn) {
        section += QStringLiteral("> %1\n\n")
                       .arg(text(QT_TRANSLATE_NOOP("Runbook",
                                                   "Point of no return: from here on the new "
                                                   "version opens the data. Up to this step the "
                                                   "old packages can be installed again and the "
                                                   "node started with them; afterwards going "
                                                   "back needs the backup.")));
    }
    section += QStringLiteral("%1 `%2`\n\n%3 %4\n\n")
                   .arg(text(QT_TRANSLATE_NOOP("Runbook", "Step:")), step.id,
                        text(QT_TRANSLATE_NOOP("Runbook", "Expected:")), stepExpectation(step));
    if (step.kind == StepKind::Stage) {
        section += text(QT_TRANSLATE_NOOP("Runbook",
                                          "Before it the archive is uploaded to %1, a directory "
                                          "of the login user."))
                       .arg(plan.uploadDirectory())
            + QStringLiteral("\n\n");
    }
    const QString script = QString::fromUtf8(step.script);
    if (script.isEmpty()) {
        return section
            + text(QT_TRANSLATE_NOOP("Runbook", "This step only reads; it changes nothing."))
            + QStringLiteral("\n\n");
    }
    const QString fence = fenceFor(script);
    return section + fence + QStringLiteral("sh\n") + script + fence + QStringLiteral("\n\n");
}

QByteArray hostFile(const PlanStep &step)
{
    QByteArray name = step.id.toUtf8();
    for (auto &character : name) {
        const bool isSafe = (character >= 'a' && character <= 'z')
            || (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9')
            || character == '-' || character == '.' || character == '@';
        if (!isSafe)
            character = '_';
    }
    return name + ".sh";
}

QByteArray commentLine(const QString &value)
{
    QString line = value;
    return "# " + line.replace(u'\n', u' ').toUtf8() + '\n';
}

QByteArray stepShell(const PlanStep &step)
{
    QByteArray shell = '\n' + commentLine(stepTitle(step)) + commentLine(stepExpectation(step));
    if (step.script.isEmpty())
        return shell + "confirm " + shellQuote(stepTitle(step)).toUtf8() + '\n';
    QByteArray marker = "KWUP_END";
    while (step.script.contains(marker))
        marker += '_';
    QByteArray body = step.script;
    if (!body.endsWith('\n'))
        body += '\n';
    return shell + "step " + shellQuote(step.host).toUtf8() + " "
        + shellQuote(QString::fromUtf8(hostFile(step))).toUtf8() + " <<'" + marker + "'\n" + body
        + marker + '\n';
}

} // namespace

QString runbookMarkdown(const Plan &plan)
{
    QString document = headMarkdown(plan);
    int stageNumber = 0;
    for (const auto &stage : plan.stages) {
        document +=
            QStringLiteral("## %1. %2\n\n").arg(QString::number(++stageNumber), stageTitle(stage));
        int stepNumber = 0;
        for (const auto &step : stage.steps)
            document += stepMarkdown(plan, step, QString::number(stageNumber), ++stepNumber);
    }
    if (plan.wayBack.isEmpty())
        return document;
    document += QStringLiteral("# %1\n\n%2\n\n")
                    .arg(text(QT_TRANSLATE_NOOP("Runbook", "The way back")),
                         text(QT_TRANSLATE_NOOP(
                             "Runbook",
                             "Only after a failed step, when going back is chosen. What the run "
                             "has not begun is left out.")));
    int number = 0;
    for (const auto &stage : plan.wayBack) {
        document += QStringLiteral("## B%1. %2\n\n%3")
                        .arg(QString::number(++number), stageTitle(stage), conditionOf(stage));
        int stepNumber = 0;
        for (const auto &step : stage.steps)
            document += stepMarkdown(plan, step, QStringLiteral("B%1").arg(number), ++stepNumber);
    }
    return document;
}

QByteArray runbookShell(const Plan &plan)
{
    // The scripts are those of the plan; what the program does around them (waiting, judging,
    // resuming) is left to the person: the shell asks before it goes on.
    QByteArray shell = "#!/bin/sh\n"
        + commentLine(text(QT_TRANSLATE_NOOP("Runbook", "Upgrade of KWDB from %1 to %2"))
                          .arg(plan.from.toString(), plan.to.toString()));
    shell += "run=" + shellQuote(plan.runId).toUtf8() + '\n';
    shell += R"(set -eu
confirm() {
    printf '%s [Enter] ' "$1"
    read -r _ < /dev/tty
}
# step HOST FILE: runs the script on standard input as root on HOST, after a confirmation.
step() {
    script=$(mktemp)
    cat > "$script"
    confirm "$1: $2"
    ssh "$1" "cat > /tmp/kwup-runbook-$2 && sudo sh /tmp/kwup-runbook-$2; rc=\$?; rm -f /tmp/kwup-runbook-$2; exit \$rc" < "$script"
    rm -f "$script"
}
)";
    for (const auto &stage : plan.stages) {
        shell += '\n' + commentLine(QStringLiteral("== ") + stageTitle(stage));
        for (const auto &step : stage.steps)
            shell += stepShell(step);
    }
    if (plan.wayBack.isEmpty())
        return shell;
    // Never reached by going through: a person takes from here what is needed.
    shell += "\nexit 0\n"
        + commentLine(QStringLiteral("==== ") + text(QT_TRANSLATE_NOOP("Runbook", "The way back")));
    for (const auto &stage : plan.wayBack) {
        shell += '\n' + commentLine(QStringLiteral("== ") + stageTitle(stage));
        for (const auto &step : stage.steps)
            shell += stepShell(step);
    }
    return shell;
}

} // namespace kwup
