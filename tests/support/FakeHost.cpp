#include "tests/support/FakeHost.h"

#include "tests/support/FakeHostState.h"

#include <QMutexLocker>

namespace kwup::test {

FakeHost::FakeHost(QString id)
    : m_state(std::make_shared<State>())
{
    m_state->id = std::move(id);
}

FakeHost::~FakeHost() = default;

void FakeHost::on(const QString &part, QList<FakeReply> replies)
{
    const QMutexLocker locker(&m_state->mutex);
    const auto matches = [part](const QString &script) { return script.contains(part); };
    m_state->rules.prepend({matches, std::move(replies), {}});
}

void FakeHost::on(const QRegularExpression &pattern, QList<FakeReply> replies)
{
    const QMutexLocker locker(&m_state->mutex);
    const auto matches = [pattern](const QString &script) {
        return pattern.match(script).hasMatch();
    };
    m_state->rules.prepend({matches, std::move(replies), {}});
}

void FakeHost::on(const QString &part, std::function<FakeReply(const Command &)> answer)
{
    const QMutexLocker locker(&m_state->mutex);
    const auto matches = [part](const QString &script) { return script.contains(part); };
    m_state->rules.prepend({matches, {}, std::move(answer)});
}

void FakeHost::onJob(const QString &idPart, FakeJob job)
{
    const QMutexLocker locker(&m_state->mutex);
    m_state->jobRules.prepend({idPart, std::move(job)});
}

void FakeHost::useLocalShell(const QString &directory)
{
    const QMutexLocker locker(&m_state->mutex);
    m_state->shellDirectory = directory;
}

void FakeHost::cutConnections()
{
    const QMutexLocker locker(&m_state->mutex);
    ++m_state->generation;
    m_state->cut.wakeAll();
}

void FakeHost::setReachable(bool reachable)
{
    const QMutexLocker locker(&m_state->mutex);
    m_state->reachable = reachable;
}

void FakeHost::failConnects(QList<Error> errors)
{
    const QMutexLocker locker(&m_state->mutex);
    m_state->connectErrors = std::move(errors);
}

void FakeHost::failUploads(QList<Error> errors)
{
    const QMutexLocker locker(&m_state->mutex);
    m_state->uploadErrors = std::move(errors);
}

void FakeHost::setPrivilege(PrivilegeMode mode)
{
    const QMutexLocker locker(&m_state->mutex);
    m_state->privilege = mode;
}

QString FakeHost::id() const
{
    return m_state->id;
}

QStringList FakeHost::scripts() const
{
    const QMutexLocker locker(&m_state->mutex);
    return m_state->scripts;
}

QStringList FakeHost::unexpected() const
{
    const QMutexLocker locker(&m_state->mutex);
    return m_state->unexpected;
}

QList<UploadRequest> FakeHost::uploads() const
{
    const QMutexLocker locker(&m_state->mutex);
    return m_state->uploads;
}

int FakeHost::jobStarts(const QString &id) const
{
    const QMutexLocker locker(&m_state->mutex);
    return m_state->jobs.contains(id) ? 1 : 0;
}

int FakeHost::connects() const
{
    const QMutexLocker locker(&m_state->mutex);
    return m_state->connects;
}

std::unique_ptr<HostConnection> FakeHost::connect()
{
    const QMutexLocker locker(&m_state->mutex);
    ++m_state->connects;
    return std::make_unique<Connection>(m_state, m_state->generation);
}

Result<std::unique_ptr<HostConnection>> FakeConnector::connect(const HostSpec &spec,
                                                               const HostSecrets &secrets,
                                                               ConnectPrompts &prompts,
                                                               std::stop_token stop)
{
    Q_UNUSED(secrets)
    Q_UNUSED(prompts)
    if (stop.stop_requested())
        return Error{ErrorCode::Cancelled, spec.id()};
    FakeHost *host = m_hosts.value(spec.id());
    if (host == nullptr) {
        return Error{
            ErrorCode::HostUnreachable, spec.id(), {QStringLiteral("no fake host with this id")}};
    }
    if (std::optional<Error> failure = host->takeConnectError())
        return *failure;
    return host->connect();
}

std::optional<Error> FakeHost::takeConnectError()
{
    const QMutexLocker locker(&m_state->mutex);
    if (!m_state->reachable) {
        return Error{
            ErrorCode::HostUnreachable, m_state->id, {QStringLiteral("Connection refused")}};
    }
    if (m_state->connectErrors.isEmpty())
        return {};
    Error error = m_state->connectErrors.takeFirst();
    error.host = m_state->id;
    return error;
}

bool FakePrompts::trustHostKey(const UnknownKey &, std::stop_token)
{
    return true;
}

QList<Secret> FakePrompts::answer(const QString &, const QString &, const QList<Question> &,
                                  std::stop_token)
{
    return {};
}

} // namespace kwup::test
