#include "core/report/TransferSection.h"

#include "core/report/TransferResult.h"

#include <QCoreApplication>

namespace kwup {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

} // namespace

void writeTransfer(HtmlWriter &html, const ReportData &report)
{
    if (report.plan.method != Method::ExportImport)
        return;
    html.heading(2, Text::tr("Data moved to the new cluster"));
    html.beginTable({Text::tr("Table"), Text::tr("Rows on the old cluster"),
                     Text::tr("Rows on the new cluster"), Text::tr("Checksum on the old cluster"),
                     Text::tr("Checksum on the new cluster")});
    for (const MovedTable &table : movedTables(report)) {
        html.row({table.name, table.sourceRows, table.targetRows,
                  table.byChecksum ? table.sourceChecksum : Text::tr("counted only"),
                  table.byChecksum ? table.targetChecksum : Text::tr("counted only")});
    }
    html.endTable();
    const QStringList left = leftOnOldCluster(report);
    const QStringList passwords = passwordsToSet(report);
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
