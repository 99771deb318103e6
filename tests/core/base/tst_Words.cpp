#include "core/base/Words.h"

#include <QTest>

namespace kwup::test {

class TestWords final : public QObject {
    Q_OBJECT
private slots:
    void anIdIsShownAsAWord()
    {
        QCOMPARE(shownWord(QStringLiteral("multi-replication")),
                 QStringLiteral("multi-replica cluster"));
    }
    void whatIsNoIdStaysAsItIs()
    {
        QCOMPARE(shownWord(QStringLiteral("10.0.0.1")), QStringLiteral("10.0.0.1"));
        QCOMPARE(shownWord({}), QString());
    }
    void sentencesAreJoinedWithABlank()
    {
        QCOMPARE(joinSentences({QStringLiteral("One."), {}, QStringLiteral("Two.")}),
                 QStringLiteral("One. Two."));
    }
    void noBlankFollowsAFullWidthStop()
    {
        QCOMPARE(joinSentences({QStringLiteral("一。"), QStringLiteral("二。")}),
                 QStringLiteral("一。二。"));
    }
};

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestWords)
#include "tst_Words.moc"
