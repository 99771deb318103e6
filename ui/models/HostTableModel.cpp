#include "ui/models/HostTableModel.h"

#include <QFont>

#include <algorithm>

namespace kwup {

HostTableModel::HostTableModel(UpgradeSession &session, QObject *parent)
    : QAbstractTableModel(parent)
    , m_session(session)
    , m_rows(static_cast<int>(session.hosts().size()))
{
    connect(&session, &UpgradeSession::hostsChanged, this, [this] {
        if (m_storing)
            return;
        const int now = static_cast<int>(m_session.hosts().size());
        if (now == m_rows) {
            if (m_rows > 0)
                emit dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1));
            return;
        }
        beginResetModel();
        m_rows = now;
        endResetModel();
    });
}

QStringList HostTableModel::clusterWords()
{
    //: The cluster whose data and version are there now.
    return {tr("Present"),
            //: The cluster that takes over the data of the present one.
            tr("New")};
}

int HostTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int HostTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HostTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Address:
        return tr("Address");
    case Port:
        return tr("Port");
    case User:
        return tr("User");
    case Auth:
        return tr("Authentication");
    case KeyFile:
        return tr("Key file");
    case Privilege:
        return tr("Root by");
    case Jump:
        return tr("Jump host");
    case Cluster:
        return tr("Cluster");
    default:
        return {};
    }
}

QString HostTableModel::text(int row, int column) const
{
    const HostSpec spec = resolved(m_session.hosts().at(row), m_session.defaults()).spec;
    switch (column) {
    case Address:
        return spec.address;
    case Port:
        return QString::number(spec.port);
    case User:
        return spec.user;
    case Auth:
        return authName(spec.auth);
    case KeyFile:
        return spec.keyFile;
    case Privilege:
        return privilegeName(spec.privilege);
    case Jump:
        return spec.jump ? spec.jump->address : QString();
    case Cluster:
        return clusterWords().at(m_session.hosts().at(row).isNewCluster ? 1 : 0);
    default:
        return {};
    }
}

bool HostTableModel::isOwn(int row, int column) const
{
    const LoginChoice &own = m_session.hosts().at(row).own;
    switch (column) {
    case Port:
        return own.port.has_value();
    case User:
        return own.user.has_value();
    case Auth:
        return own.auth.has_value();
    case KeyFile:
        return own.keyFile.has_value();
    case Privilege:
        return own.privilege.has_value();
    case Jump:
        return own.jump.has_value();
    default:
        return true;
    }
}

QVariant HostTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    const int row = index.row();
    const int column = index.column();
    const HostSpec spec = resolved(m_session.hosts().at(row), m_session.defaults()).spec;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(row, column);
    case Qt::EditRole:
        if (column == Auth)
            return static_cast<int>(spec.auth);
        if (column == Privilege)
            return static_cast<int>(spec.privilege);
        if (column == Cluster)
            return m_session.hosts().at(row).isNewCluster ? 1 : 0;
        return text(row, column);
    case Qt::FontRole: {
        QFont font;
        font.setItalic(!isOwn(row, column));
        return font;
    }
    case Qt::ToolTipRole:
        if (column == Cluster)
            return tr("Hosts of a new cluster take over the data of the present one; nothing is "
                      "installed on them.");
        return isOwn(row, column) ? QVariant() : QVariant(tr("From the defaults for all hosts"));
    default:
        return {};
    }
}

Qt::ItemFlags HostTableModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() != Jump)
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool HostTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    QList<HostDraft> hosts = m_session.hosts();
    HostDraft &draft = hosts[index.row()];
    const QString entered = value.toString().trimmed();
    const auto orDefault = [&entered] {
        return entered.isEmpty() ? std::nullopt : std::optional<QString>(entered);
    };
    switch (index.column()) {
    case Address:
        draft.address = entered;
        break;
    case Port: {
        bool isNumber = false;
        const int port = entered.toInt(&isNumber);
        if (!entered.isEmpty() && (!isNumber || port < 1 || port > 65535))
            return false;
        draft.own.port =
            entered.isEmpty() ? std::nullopt : std::optional(static_cast<quint16>(port));
        break;
    }
    case User:
        draft.own.user = orDefault();
        break;
    case Auth:
        draft.own.auth = static_cast<AuthMethod>(value.toInt());
        break;
    case KeyFile:
        draft.own.keyFile = orDefault();
        break;
    case Privilege:
        draft.own.privilege = static_cast<PrivilegeMode>(value.toInt());
        break;
    case Cluster:
        draft.isNewCluster = value.toInt() == 1;
        break;
    default:
        return false;
    }
    store(hosts);
    emit dataChanged(this->index(index.row(), 0), this->index(index.row(), ColumnCount - 1));
    return true;
}

int HostTableModel::addRow()
{
    QList<HostDraft> hosts = m_session.hosts();
    hosts.append(HostDraft{});
    beginInsertRows({}, m_rows, m_rows);
    ++m_rows;
    store(hosts);
    endInsertRows();
    return m_rows - 1;
}

void HostTableModel::removeRowsAt(QList<int> rows)
{
    std::sort(rows.begin(), rows.end(), std::greater<>());
    for (const int row : rows) {
        QList<HostDraft> hosts = m_session.hosts();
        hosts.removeAt(row);
        beginRemoveRows({}, row, row);
        --m_rows;
        store(hosts);
        endRemoveRows();
    }
}

void HostTableModel::setLogin(const QList<int> &rows, const LoginChoice &login)
{
    QList<HostDraft> hosts = m_session.hosts();
    for (const int row : rows)
        hosts[row].own = login;
    store(hosts);
    if (!rows.isEmpty())
        emit dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1));
}

void HostTableModel::store(const QList<HostDraft> &hosts)
{
    m_storing = true;
    m_session.setHosts(hosts);
    m_storing = false;
}

void HostTableModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (m_rows > 0)
        emit dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1));
}

} // namespace kwup
