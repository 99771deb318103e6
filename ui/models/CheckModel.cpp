#include "ui/models/CheckModel.h"

#include <algorithm>

namespace kwup {

namespace {

int rank(CheckStatus status)
{
    switch (status) {
    case CheckStatus::Blocked:
        return 4;
    case CheckStatus::Warning:
        return 3;
    case CheckStatus::Info:
        return 2;
    case CheckStatus::Passed:
        return 1;
    case CheckStatus::NotApplicable:
        return 0;
    }
    return 0;
}

CheckStatus worst(const QList<CheckResult> &results)
{
    CheckStatus found = CheckStatus::NotApplicable;
    for (const CheckResult &result : results) {
        if (rank(result.status) > rank(found))
            found = result.status;
    }
    return found;
}

} // namespace

void CheckModel::setResults(const QList<CheckResult> &results,
                            const QList<AcceptedWarning> &accepted)
{
    beginResetModel();
    m_families.clear();
    m_accepted = accepted;
    for (const CheckResult &result : results) {
        const QString name = checkFamily(result.id);
        const auto it = std::find_if(m_families.begin(), m_families.end(), [&](const Family &one) {
            return checkFamily(one.id) == name;
        });
        if (it == m_families.end())
            m_families.append({result.id, {result}});
        else
            it->results.append(result);
    }
    endResetModel();
}

const CheckResult *CheckModel::resultAt(const QModelIndex &index) const
{
    const int group = groupOf(index);
    const int row = rowInGroup(index);
    if (group < 0 || row < 0 || group >= groups() || row >= rowsOf(group))
        return nullptr;
    return &m_families.at(group).results.at(row);
}

QModelIndex CheckModel::find(const QString &checkId, const QString &host) const
{
    for (int group = 0; group < groups(); ++group) {
        for (int row = 0; row < rowsOf(group); ++row) {
            const CheckResult &result = m_families.at(group).results.at(row);
            if (result.id == checkId && result.host == host)
                return index(row, 0, index(group, 0));
        }
    }
    return {};
}

QModelIndex CheckModel::firstOpen() const
{
    QModelIndex best;
    int bestRank = -1;
    for (int group = 0; group < groups(); ++group) {
        for (int row = 0; row < rowsOf(group); ++row) {
            const CheckResult &result = m_families.at(group).results.at(row);
            const int value = isAccepted(result) ? 0 : rank(result.status);
            if (value <= bestRank)
                continue;
            bestRank = value;
            best = index(row, 0, index(group, 0));
        }
    }
    return best;
}

Status CheckModel::statusOf(CheckStatus status)
{
    switch (status) {
    case CheckStatus::Passed:
        return Status::Good;
    case CheckStatus::Info:
        return Status::Info;
    case CheckStatus::Warning:
        return Status::Warning;
    case CheckStatus::Blocked:
        return Status::Bad;
    case CheckStatus::NotApplicable:
        return Status::Skipped;
    }
    return Status::Unknown;
}

QString CheckModel::wordOf(CheckStatus status)
{
    switch (status) {
    case CheckStatus::Passed:
        return tr("Passed");
    case CheckStatus::Info:
        return tr("Worth knowing");
    case CheckStatus::Warning:
        return tr("Warning");
    case CheckStatus::Blocked:
        return tr("Blocks the upgrade");
    case CheckStatus::NotApplicable:
        return tr("Does not apply");
    }
    return {};
}

QStringList CheckModel::headers() const
{
    return {tr("Check"), tr("Result"), tr("Host")};
}

int CheckModel::rowsOf(int group) const
{
    return static_cast<int>(m_families.at(group).results.size());
}

Cell CheckModel::groupCell(int group, int column) const
{
    const Family &family = m_families.at(group);
    if (column == 0)
        return {checkFamily(family.id)};
    if (column == 2)
        return {};
    const CheckStatus status = worst(family.results);
    return {wordOf(status), statusOf(status)};
}

Cell CheckModel::cell(int group, int row, int column) const
{
    const CheckResult &result = m_families.at(group).results.at(row);
    if (column == 0)
        return {checkTitle(result.id)};
    if (column == 2)
        return {result.host};
    const QString word = isAccepted(result) ? tr("Warning, accepted") : wordOf(result.status);
    return {word, statusOf(result.status), describe(result)};
}

bool CheckModel::isAccepted(const CheckResult &result) const
{
    return result.status == CheckStatus::Warning
        && std::any_of(m_accepted.begin(), m_accepted.end(), [&](const AcceptedWarning &one) {
               return one.checkId == result.id && one.host == result.host;
           });
}

} // namespace kwup
