#include "core/kwdb/DeployScript.h"

#include "core/base/CommandLine.h"

#include <QRegularExpression>

namespace kwup {

DeployOutput parseDeployOutput(const QByteArray &raw)
{
    static const QRegularExpression bar(
        QStringLiteral(R"(^\s*(\S.*?)\s*: \[(#*) *\] (\d{1,3})%$)"));
    static const QRegularExpression error(
        QStringLiteral(R"(\[ERROR\]\s*(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s*)?(.*)$)"));
    DeployOutput output;
    const QString text = printable(raw, raw.size() + 1);
    for (const auto &line : text.split(u'\n')) {
        if (const auto match = bar.match(line); match.hasMatch()) {
            output.step = match.captured(1);
            output.percent = match.captured(3).toInt();
        } else if (const auto found = error.match(line); found.hasMatch()) {
            // 2.1.0 prints an empty error and goes on (kwdb-facts §2.6 no. 2).
            const QString message = found.captured(1).trimmed();
            if (!message.isEmpty())
                output.errorMessage = message;
        } else if (line.contains(QLatin1String("[UPGRADE COMPLETED]:"))) {
            output.completed = true;
        }
    }
    return output;
}

} // namespace kwup
