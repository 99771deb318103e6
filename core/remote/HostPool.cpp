#include "core/remote/HostPool.h"

namespace kwup {

HostPool::HostPool(HostConnector &connector, ConnectPrompts &prompts, QList<HostLogin> logins)
    : m_connector(connector)
    , m_prompts(prompts)
    , m_logins(std::move(logins))
{ }

HostPool::~HostPool() = default;

Result<HostConnection *> HostPool::connection(const QString &hostId, std::stop_token stop)
{
    const HostLogin *login = nullptr;
    {
        const QMutexLocker locker(&m_mutex);
        if (const auto open = m_connections.value(hostId))
            return open.get();
    }
    for (const HostLogin &candidate : m_logins) {
        if (candidate.spec.id() == hostId)
            login = &candidate;
    }
    if (login == nullptr) {
        return Error{
            ErrorCode::Internal, hostId, {QStringLiteral("no host %1 in the pool").arg(hostId)}};
    }
    // Connecting takes seconds and may ask the operator: never under the mutex.
    auto opened = m_connector.connect(login->spec, login->secrets, m_prompts, stop);
    if (!opened)
        return opened.error();
    std::shared_ptr<HostConnection> connection = std::move(opened).value();
    const QMutexLocker locker(&m_mutex);
    m_connections.insert(hostId, connection);
    return connection.get();
}

void HostPool::drop(const QString &hostId)
{
    std::shared_ptr<HostConnection> dropped;
    const QMutexLocker locker(&m_mutex);
    dropped = m_connections.take(hostId); // declared first, so it is destroyed after unlocking
}

std::shared_ptr<QRecursiveMutex> HostPool::turn(const QString &hostId)
{
    const QMutexLocker locker(&m_mutex);
    auto &turn = m_turns[hostId];
    if (!turn)
        turn = std::make_shared<QRecursiveMutex>();
    return turn;
}

const HostSpec *HostPool::spec(const QString &hostId) const
{
    for (const HostLogin &login : m_logins) {
        if (login.spec.id() == hostId)
            return &login.spec;
    }
    return nullptr;
}

QStringList HostPool::hostIds() const
{
    QStringList ids;
    for (const HostLogin &login : m_logins)
        ids += login.spec.id();
    return ids;
}

} // namespace kwup
