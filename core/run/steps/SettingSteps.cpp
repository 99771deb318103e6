#include "core/kwdb/Parsers.h"
#include "core/run/ClusterSetting.h"
#include "core/run/JournalKinds.h"
#include "core/run/Step.h"

namespace kwup {

namespace {

class RaiseSettingStep final : public Step {
public:
    Result<QJsonObject> run(StepContext &context) override
    {
        const QString name = context.step().args[QStringLiteral("name")].toString();
        const QString wanted = context.step().args[QStringLiteral("value")].toString();
        ClusterSetting setting(context, name);
        const auto present = setting.read();
        if (!present)
            return present.error();
        const auto [savedName, saved] = context.services().outstandingSetting();
        const bool isHighEnough =
            parseDuration(*present).value_or(0) >= parseDuration(wanted).value_or(0);
        // The vendor's own way for running nodes overwrites a longer value as well.
        const bool isOverwritten = context.step().args[QStringLiteral("overwritten")].toBool();
        if (isHighEnough && !isOverwritten) {
            return result(name, savedName == name ? saved : *present, *present, savedName == name);
        }
        // A value saved by an earlier process is the operator's; the present one may be ours.
        if (savedName != name) {
            const auto recorded =
                context.journal(journal::SettingSaved,
                                {{QStringLiteral("name"), name},
                                 {QStringLiteral("previous"), *present},
                                 {QStringLiteral("value"), wanted},
                                 {QStringLiteral("askedHost"), setting.askedHost()}});
            if (!recorded)
                return recorded.error();
        }
        const QString value = isHighEnough ? *present : wanted;
        if (const auto set = isHighEnough ? Result<void>() : setting.set(wanted); !set)
            return set.error();
        return result(name, savedName == name ? saved : *present, value, true);
    }

private:
    static QJsonObject result(const QString &name, const QString &previous, const QString &value,
                              bool isChanged)
    {
        return {{QStringLiteral("name"), name},
                {QStringLiteral("previous"), previous},
                {QStringLiteral("value"), value},
                {QStringLiteral("changed"), isChanged}};
    }
};

class RestoreSettingStep final : public Step {
public:
    Result<QJsonObject> run(StepContext &context) override
    {
        const auto [name, value] = context.services().outstandingSetting();
        if (name.isEmpty()) {
            return QJsonObject{
                {QStringLiteral("name"), context.step().args[QStringLiteral("name")]},
                {QStringLiteral("value"), QString()},
                {QStringLiteral("changed"), false}};
        }
        ClusterSetting setting(context, name);
        if (const auto set = setting.set(value); !set) {
            Error error = set.error();
            if (error.code == ErrorCode::Cancelled || error.code == ErrorCode::JournalUnwritable)
                return error;
            error.code = ErrorCode::SettingNotRestored;
            error.args = {name, value};
            return error;
        }
        const auto recorded = context.journal(journal::SettingRestored,
                                              {{QStringLiteral("name"), name},
                                               {QStringLiteral("value"), value},
                                               {QStringLiteral("askedHost"), setting.askedHost()}});
        if (!recorded)
            return recorded.error();
        return QJsonObject{{QStringLiteral("name"), name},
                           {QStringLiteral("value"), value},
                           {QStringLiteral("changed"), true}};
    }
};

} // namespace

std::unique_ptr<Step> makeRaiseSettingStep()
{
    return std::make_unique<RaiseSettingStep>();
}

std::unique_ptr<Step> makeRestoreSettingStep()
{
    return std::make_unique<RestoreSettingStep>();
}

} // namespace kwup
