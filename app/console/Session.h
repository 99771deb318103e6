#pragma once

#include "app/console/Interrupt.h"
#include "app/console/Options.h"
#include "app/console/Output.h"
#include "app/console/Prompts.h"
#include "core/profile/Profile.h"
#include "core/run/RunStore.h"

#include <memory>
#include <optional>

namespace kwup {

/// One call of kwdb-upgrade: what the verbs do, in the order of the window's pages. Lives on the
/// main thread and blocks it.
class Session {
public:
    Session(const Options &options, HostConnector &connector, Output &output, Interrupt &interrupt);

    ExitCode run();

private:
    /// What discover, check, plan and run have in common, filled step by step.
    struct Upgrade {
        Profile profile;
        QList<HostLogin> logins;
        std::optional<PackageInfo> package;
        std::optional<PackageInfo> oldPackage; ///< of the option old-package
        Facts facts;
        MethodAdvice advice;
        Method method = Method::ScriptRolling;
        QList<CheckResult> checks;
        QList<AcceptedWarning> accepted;
        std::optional<RestorePoint> restorePoint;
    };

    std::optional<ExitCode> prepare(Upgrade &upgrade); ///< profile, secrets, package
    Result<Profile> profileToUse(); ///< of the file; for restore that of the run
    std::optional<ExitCode> discover(Upgrade &upgrade);
    std::optional<ExitCode> inspect(Upgrade &upgrade);
    Result<PackageInfo> readPackage(const QString &file);
    ExitCode check(Upgrade &upgrade);
    Result<Plan> plan(const Upgrade &upgrade);
    ExitCode planVerb(Upgrade &upgrade);
    ExitCode runVerb(Upgrade &upgrade);
    ExitCode resumeVerb();
    ExitCode statusVerb();
    ExitCode reportVerb();

    ExitCode execute(const Plan &plan, Journal &journal, const QList<HostLogin> &logins);
    Result<QList<HostLogin>> withKnownSecrets(const QList<HostSpec> &hosts);
    std::optional<ExitCode> login(QList<HostLogin> &logins);
    void askMissingPasswords(QList<HostLogin> &logins);
    bool askSecretFor(const Error &error, QList<HostLogin> &logins);
    bool isAccepted(const CheckResult &result, const Upgrade &upgrade) const;
    void writeReportOf(const QString &runId);
    ExitCode failed(const Error &error, ExitCode code);

    const Options &m_options;
    HostConnector &m_connector;
    Output &m_output;
    Interrupt &m_interrupt;
    ConsolePrompts m_prompts;
    RunStore m_store;
    std::stop_source m_stop;
};

} // namespace kwup
