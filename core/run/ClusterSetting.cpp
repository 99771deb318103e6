#include "core/run/ClusterSetting.h"

#include "core/kwdb/Parsers.h"
#include "core/plan/StepScripts.h"

namespace kwup {

namespace {
constexpr int ReadBacks = 5; // a setting reaches the other nodes by gossip
} // namespace

bool isSameDuration(const QString &a, const QString &b)
{
    return a == b || (parseDuration(a) && parseDuration(a) == parseDuration(b));
}

ClusterSetting::ClusterSetting(StepContext &context, QString name)
    : m_context(context)
    , m_name(std::move(name))
    , m_reader(context, hostsToAsk(context.plan(), {}))
{ }

Result<QString> ClusterSetting::read()
{
    const auto output = m_reader.query(
        [this](const KwbaseCli &cli) { return cli.sql({sql::showSetting(m_name)}); });
    if (!output)
        return output.error();
    return parseSingleValue(output->out);
}

Result<void> ClusterSetting::set(const QString &value)
{
    const auto output = m_reader.query(
        [&](const KwbaseCli &cli) { return QString::fromUtf8(settingScript(cli, m_name, value)); });
    if (!output)
        return output.error();
    QString found;
    for (int i = 0; i < ReadBacks; ++i) {
        const auto present = read();
        if (!present)
            return present.error();
        found = *present;
        if (isSameDuration(found, value))
            return {};
        if (!interruptibleWait(std::chrono::milliseconds(500), m_context.stop()))
            return Error{.code = ErrorCode::Cancelled};
    }
    return Error{
        .code = ErrorCode::SettingNotRestored, .args = {m_name, value}, .evidence = found.toUtf8()};
}

} // namespace kwup
