#include "core/base/FillIn.h"

namespace kwup {

QString filledIn(const QString &sentence, const QStringList &args)
{
    QString filled;
    for (qsizetype at = 0; at < sentence.size(); ++at) {
        const bool isPlace = sentence[at] == u'%' && at + 1 < sentence.size()
            && sentence[at + 1] >= u'1' && sentence[at + 1] <= u'9';
        if (!isPlace) {
            filled += sentence[at];
            continue;
        }
        const int index = sentence[++at].digitValue() - 1;
        filled += index < args.size() ? args[index] : QStringLiteral("?");
    }
    return filled;
}

} // namespace kwup
