#pragma once

#include "core/remote/HostConnection.h"

#include <QHash>
#include <QList>
#include <QMutex>

#include <memory>

namespace kwup {

/// A host with its secrets; what the hosts page or the console hands to the engine.
struct HostLogin {
    HostSpec spec;
    HostSecrets secrets;
};

/// Connections by host id, opened when first asked for and reopened after a loss. Different threads
/// may use different hosts at the same time; one host's connection belongs to one thread at a time.
/// The run, the live status tables and discovery each own a pool.
class HostPool {
public:
    HostPool(HostConnector &connector, ConnectPrompts &prompts, QList<HostLogin> logins);
    ~HostPool();

    /// Open connection to `hostId`; blocks while connecting. The pointer stays valid until drop()
    /// or the pool's end. Error also when the id is unknown (Internal).
    Result<HostConnection *> connection(const QString &hostId, std::stop_token stop);

    /// Forgets a dead connection, so that the next connection() opens a new one.
    void drop(const QString &hostId);

    /// Held while the host's connection is used, where several threads may want the same host.
    std::shared_ptr<QRecursiveMutex> turn(const QString &hostId);

    const HostSpec *spec(const QString &hostId) const;
    QStringList hostIds() const;

private:
    HostConnector &m_connector;
    ConnectPrompts &m_prompts;
    const QList<HostLogin> m_logins; ///< const: a loop that detaches would race with other threads
    mutable QMutex m_mutex;
    QHash<QString, std::shared_ptr<HostConnection>> m_connections;
    QHash<QString, std::shared_ptr<QRecursiveMutex>> m_turns;
};

} // namespace kwup
