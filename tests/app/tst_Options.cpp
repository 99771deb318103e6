#include "app/console/Options.h"

#include <QTest>

using namespace kwup;

class OptionsTest : public QObject {
    Q_OBJECT

private slots:
    void aCompleteLineIsRead();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void resumeStatusAndReportNeedNoProfile();
};

namespace {

QStringList line(const QString &text)
{
    return QStringList{QStringLiteral("kwdb-upgrade")} + text.split(u' ', Qt::SkipEmptyParts);
}

} // namespace

void OptionsTest::aCompleteLineIsRead()
{
    const auto parsed = parseOptions(line(
        QStringLiteral("--profile p.yaml --json --secrets-fd 3 --trust SHA256:a --trust SHA256:b "
                       "--accept-warnings tested --on-stop-limit force-stop --run 42 run")));
    QVERIFY(parsed && parsed->has_value());
    const Options options = **parsed;
    QCOMPARE(options.verb, Verb::Run);
    QCOMPARE(options.profile, QStringLiteral("p.yaml"));
    QVERIFY(options.json);
    QCOMPARE(options.secretsFd, 3);
    QCOMPARE(options.trusted.size(), 2);
    QCOMPARE(options.acceptReason, QStringLiteral("tested"));
    QVERIFY(options.onStopLimit == Choice::ForceStop);
    QVERIFY(!options.onGateLimit);
    QCOMPARE(options.runId, QStringLiteral("42"));
}

void OptionsTest::nonsenseIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("no verb") << QStringLiteral("--profile p.yaml");
    QTest::newRow("two verbs") << QStringLiteral("--profile p.yaml run check");
    QTest::newRow("unknown verb") << QStringLiteral("--profile p.yaml upgrade");
    QTest::newRow("unknown option") << QStringLiteral("--profile p.yaml --password x run");
    QTest::newRow("no profile") << QStringLiteral("run");
    QTest::newRow("descriptor is no number") << QStringLiteral("--profile p --secrets-fd x run");
    QTest::newRow("negative descriptor") << QStringLiteral("--profile p --secrets-fd -1 run");
    QTest::newRow("unknown choice") << QStringLiteral("--profile p --on-stop-limit panic run");
    QTest::newRow("a gate cannot be forced")
        << QStringLiteral("--profile p --on-gate-limit force-stop run");
    QTest::newRow("a blank reason") << QStringLiteral("--profile p --accept-warnings= run");
}

void OptionsTest::nonsenseIsRefused()
{
    QFETCH(QString, text);
    const auto parsed = parseOptions(line(text));
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, ErrorCode::UsageInvalid);
}

void OptionsTest::resumeStatusAndReportNeedNoProfile()
{
    QVERIFY(parseOptions(line(QStringLiteral("resume"))));
    QVERIFY(parseOptions(line(QStringLiteral("status"))));
    QVERIFY(parseOptions(line(QStringLiteral("report --run 42"))));
}

QTEST_GUILESS_MAIN(OptionsTest)
#include "tst_Options.moc"
