#pragma once

#include "core/checks/Checks.h"
#include "core/run/RunStore.h"
#include "ui/models/GroupTreeModel.h"

namespace kwup {

/// Check results by family. A warning that was accepted stays a warning, but says so.
class CheckModel final : public GroupTreeModel {
    Q_OBJECT
public:
    using GroupTreeModel::GroupTreeModel;

    void setResults(const QList<CheckResult> &results, const QList<AcceptedWarning> &accepted);
    const CheckResult *resultAt(const QModelIndex &index) const; ///< nullptr for a family
    QModelIndex find(const QString &checkId, const QString &host) const;
    QModelIndex firstOpen() const; ///< first blocker, else first warning, else the first result

    static Status statusOf(CheckStatus status);
    static QString wordOf(CheckStatus status);

protected:
    QStringList headers() const override;
    int groups() const override { return static_cast<int>(m_families.size()); }
    int rowsOf(int group) const override;
    Cell groupCell(int group, int column) const override;
    Cell cell(int group, int row, int column) const override;

private:
    struct Family {
        QString id; ///< of its first check: the name is asked for when it is shown
        QList<CheckResult> results;
    };
    bool isAccepted(const CheckResult &result) const;

    QList<Family> m_families;
    QList<AcceptedWarning> m_accepted;
};

} // namespace kwup
