#include "core/base/Error.h"

#include <QSet>
#include <QTest>

using namespace kwup;

class ErrorTest : public QObject {
    Q_OBJECT

private slots:
    void everyCodeHasAStableNameASentenceAndANextStep();
    void theHostStandsBeforeTheSentence();
    void aValueThatLooksLikeAPlaceholderIsNotFilledInAgain();
};

void ErrorTest::everyCodeHasAStableNameASentenceAndANextStep()
{
    QSet<QString> names;
    for (int i = 1; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        const QString name = errorCodeName(code);
        QVERIFY2(!names.contains(name), qPrintable(name));
        names.insert(name);
        QCOMPARE(errorCodeFromName(name), code);
        const Error error{code, {}, {}, {}, {}, -1};
        QVERIFY2(!describe(error).isEmpty(), qPrintable(name));
        QVERIFY2(!remedy(error).isEmpty(), qPrintable(name));
    }
}

void ErrorTest::theHostStandsBeforeTheSentence()
{
    const Error error{
        ErrorCode::ConnectTimeout, QStringLiteral("10.0.0.1"), {QStringLiteral("15")}, {}, {}, -1};
    QCOMPARE(describe(error),
             QStringLiteral("10.0.0.1: The host did not answer within 15 seconds."));
}

void ErrorTest::aValueThatLooksLikeAPlaceholderIsNotFilledInAgain()
{
    const Error error{ErrorCode::FileUnreadable,
                      {},
                      {QStringLiteral("%2"), QStringLiteral("denied")},
                      {},
                      {},
                      -1};
    QCOMPARE(describe(error), QStringLiteral("The file %2 cannot be read: denied."));
}

QTEST_APPLESS_MAIN(ErrorTest)
#include "tst_Error.moc"
