#include "core/report/TransferSection.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace kwup {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

QStringList texts(const QJsonValue &array)
{
    QStringList list;
    for (const auto value : array.toArray())
        list.append(value.toString());
    return list;
}

void writeTables(HtmlWriter &html, const ReportStep &step)
{
    const QString database = step.result[QStringLiteral("database")].toString();
    for (const auto table : step.result[QStringLiteral("tables")].toArray()) {
        const bool byChecksum = table[QStringLiteral("byChecksum")].toBool();
        html.row({database + u'.' + table[QStringLiteral("table")].toString(),
                  table[QStringLiteral("sourceRows")].toString(),
                  table[QStringLiteral("targetRows")].toString(),
                  byChecksum ? table[QStringLiteral("sourceChecksum")].toString()
                             : Text::tr("counted only"),
                  byChecksum ? table[QStringLiteral("targetChecksum")].toString()
                             : Text::tr("counted only")});
    }
}

} // namespace

void writeTransfer(HtmlWriter &html, const ReportData &report)
{
    if (report.plan.method != Method::ExportImport)
        return;
    html.heading(2, Text::tr("Data moved to the new cluster"));
    html.beginTable({Text::tr("Table"), Text::tr("Rows on the old cluster"),
                     Text::tr("Rows on the new cluster"), Text::tr("Checksum on the old cluster"),
                     Text::tr("Checksum on the new cluster")});
    for (const ReportStep &step : report.steps) {
        if (step.id.startsWith(toString(StepKind::Compare) + u'@'))
            writeTables(html, step);
    }
    html.endTable();
    const QStringList left = texts(report.verdict[QStringLiteral("left")]);
    const QStringList passwords = texts(report.verdict[QStringLiteral("passwords")]);
    html.heading(3, Text::tr("Left to do"));
    if (!left.isEmpty()) {
        html.paragraph(Text::tr("The new cluster does not have these, or not as they were:"));
        html.list(left);
    }
    if (!passwords.isEmpty()) {
        html.paragraph(Text::tr("The passwords of these users must be set again:"));
        html.list(passwords);
    }
    if (left.isEmpty() && passwords.isEmpty())
        html.paragraph(Text::tr("Nothing."));
    html.paragraph(Text::tr("The high availability of the cluster may be affected after an upgrade "
                            "by export and import. Look at the replicas and their distribution on "
                            "the new cluster."));
}

} // namespace kwup
