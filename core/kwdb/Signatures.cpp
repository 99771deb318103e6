#include "core/kwdb/DeployScript.h"

#include "core/base/CommandLine.h"
#include "core/kwdb/Resources.h"
#include "core/kwdb/SignatureText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QRegularExpression>

namespace kwup {

namespace {

struct PatternRow {
    QString id;
    QList<QRegularExpression> patterns;
};

/// The built-in table; tests prove that it is well-formed.
QList<PatternRow> loadPatterns()
{
    QList<PatternRow> rows;
    const auto document = QJsonDocument::fromJson(resource(QStringLiteral("signatures.json")));
    for (const auto &value : document.object().value(QLatin1String("signatures")).toArray()) {
        const auto object = value.toObject();
        PatternRow row{object.value(QLatin1String("id")).toString(), {}};
        for (const auto &pattern : object.value(QLatin1String("patterns")).toArray())
            row.patterns.append(
                QRegularExpression(pattern.toString(), QRegularExpression::MultilineOption));
        rows.append(row);
    }
    return rows;
}

const QList<PatternRow> &patterns()
{
    static const QList<PatternRow> rows = loadPatterns();
    return rows;
}

} // namespace

QStringList signatureIds()
{
    QStringList ids;
    for (const auto &row : patterns())
        ids.append(row.id);
    return ids;
}

std::optional<Signature> recogniseFailure(const QByteArray &evidence)
{
    constexpr qsizetype Limit = 256 * 1024; // the end says why it failed
    const QString text = printable(evidence.right(Limit), Limit + 1);
    for (const auto &row : patterns()) {
        for (const auto &pattern : row.patterns) {
            if (pattern.match(text).hasMatch())
                return Signature{row.id, signatureCause(row.id), signatureAdvice(row.id)};
        }
    }
    return std::nullopt;
}

} // namespace kwup
