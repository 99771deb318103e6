#include "core/plan/Plan.h"

#include <QJsonArray>

#include <algorithm>

namespace kwup {

namespace {

QJsonObject hostJson(const HostSpec &host)
{
    QJsonObject json{{QStringLiteral("address"), host.address},
                     {QStringLiteral("port"), host.port},
                     {QStringLiteral("user"), host.user},
                     {QStringLiteral("auth"), static_cast<int>(host.auth)},
                     {QStringLiteral("keyFile"), host.keyFile},
                     {QStringLiteral("privilege"), static_cast<int>(host.privilege)}};
    if (host.jump) {
        json[QStringLiteral("jump")] =
            QJsonObject{{QStringLiteral("address"), host.jump->address},
                        {QStringLiteral("port"), host.jump->port},
                        {QStringLiteral("user"), host.jump->user},
                        {QStringLiteral("auth"), static_cast<int>(host.jump->auth)},
                        {QStringLiteral("keyFile"), host.jump->keyFile}};
    }
    return json;
}

template <typename E>
E enumOf(const QJsonValue &value, E last)
{
    return static_cast<E>(std::clamp(value.toInt(), 0, static_cast<int>(last)));
}

quint16 portOf(const QJsonValue &value)
{
    return static_cast<quint16>(std::clamp(value.toInt(22), 1, 65535));
}

HostSpec hostOf(const QJsonObject &json)
{
    HostSpec host;
    host.address = json[QStringLiteral("address")].toString();
    host.port = portOf(json[QStringLiteral("port")]);
    host.user = json[QStringLiteral("user")].toString();
    host.auth = enumOf(json[QStringLiteral("auth")], AuthMethod::KeyboardInteractive);
    host.keyFile = json[QStringLiteral("keyFile")].toString();
    host.privilege = enumOf(json[QStringLiteral("privilege")], PrivilegeMode::SudoPassword);
    if (const auto jump = json[QStringLiteral("jump")].toObject(); !jump.isEmpty()) {
        host.jump =
            JumpHost{.address = jump[QStringLiteral("address")].toString(),
                     .port = portOf(jump[QStringLiteral("port")]),
                     .user = jump[QStringLiteral("user")].toString(),
                     .auth = enumOf(jump[QStringLiteral("auth")], AuthMethod::KeyboardInteractive),
                     .keyFile = jump[QStringLiteral("keyFile")].toString()};
    }
    return host;
}

QJsonObject versionJson(const KwdbVersion &version)
{
    return {{QStringLiteral("base"), version.base},
            {QStringLiteral("extension"), version.extension}};
}

KwdbVersion versionOf(const QJsonValue &json)
{
    return {.base = json[QStringLiteral("base")].toString(),
            .extension = json[QStringLiteral("extension")].toString()};
}

QJsonObject packageJson(const PackageInfo &package)
{
    return {{QStringLiteral("file"), package.file},
            {QStringLiteral("size"), package.size},
            {QStringLiteral("sha256"), QString::fromLatin1(package.sha256)},
            {QStringLiteral("kind"), toString(package.kind)},
            {QStringLiteral("version"), versionJson(package.version)},
            {QStringLiteral("architecture"), package.architecture},
            {QStringLiteral("topFolder"), package.topFolder},
            {QStringLiteral("packages"), QJsonArray::fromStringList(package.packages)},
            {QStringLiteral("unpackedBytes"), package.unpackedBytes},
            {QStringLiteral("scriptSha256"), package.scriptSha256},
            {QStringLiteral("images"), QJsonArray::fromStringList(package.images)},
            {QStringLiteral("image"), package.image},
            {QStringLiteral("tools"), QJsonArray::fromStringList(package.tools)},
            {QStringLiteral("directory"), package.directory}};
}

PackageInfo packageOf(const QJsonObject &json)
{
    PackageInfo package;
    package.file = json[QStringLiteral("file")].toString();
    package.size = json[QStringLiteral("size")].toInteger();
    package.sha256 = json[QStringLiteral("sha256")].toString().toLatin1();
    for (const auto kind :
         {PackageKind::BareDeb, PackageKind::BareRpm, PackageKind::Container, PackageKind::Image,
          PackageKind::NewCluster, PackageKind::SourceTree, PackageKind::BuiltTree}) {
        if (json[QStringLiteral("kind")].toString() == toString(kind))
            package.kind = kind;
    }
    package.version = versionOf(json[QStringLiteral("version")]);
    package.architecture = json[QStringLiteral("architecture")].toString();
    package.topFolder = json[QStringLiteral("topFolder")].toString();
    for (const auto name : json[QStringLiteral("packages")].toArray())
        package.packages.append(name.toString());
    package.unpackedBytes = json[QStringLiteral("unpackedBytes")].toInteger();
    package.scriptSha256 = json[QStringLiteral("scriptSha256")].toString();
    for (const auto name : json[QStringLiteral("images")].toArray())
        package.images.append(name.toString());
    package.image = json[QStringLiteral("image")].toString();
    for (const auto name : json[QStringLiteral("tools")].toArray())
        package.tools.append(name.toString());
    package.directory = json[QStringLiteral("directory")].toString();
    return package;
}

QJsonObject cliJson(const KwbaseCli &cli)
{
    return {{QStringLiteral("binary"), cli.binary},
            {QStringLiteral("user"), cli.user},
            {QStringLiteral("address"), cli.address},
            {QStringLiteral("security"), toString(cli.security)},
            {QStringLiteral("certsDir"), cli.certsDir},
            {QStringLiteral("container"), cli.container},
            {QStringLiteral("libraries"), cli.libraries}};
}

KwbaseCli cliOf(const QJsonObject &json)
{
    KwbaseCli cli;
    cli.binary = json[QStringLiteral("binary")].toString();
    cli.user = json[QStringLiteral("user")].toString();
    cli.address = json[QStringLiteral("address")].toString();
    cli.security = securityModeFromString(json[QStringLiteral("security")].toString())
                       .value_or(SecurityMode::Unknown);
    cli.certsDir = json[QStringLiteral("certsDir")].toString();
    cli.container = json[QStringLiteral("container")].toString();
    cli.libraries = json[QStringLiteral("libraries")].toString();
    return cli;
}

QJsonObject backupJson(const BackupChoice &backup)
{
    return {{QStringLiteral("kind"), static_cast<int>(backup.kind)},
            {QStringLiteral("kindName"),
             QStringList{QStringLiteral("none"), QStringLiteral("cold-copy"),
                         QStringLiteral("named"), QStringLiteral("refused")}
                 .at(static_cast<int>(backup.kind))},
            {QStringLiteral("directory"), backup.directory},
            {QStringLiteral("evidence"), backup.evidence},
            {QStringLiteral("reason"), backup.reason}};
}

BackupChoice backupOf(const QJsonObject &json)
{
    return {.kind = enumOf(json[QStringLiteral("kind")], BackupChoice::Kind::Refused),
            .directory = json[QStringLiteral("directory")].toString(),
            .evidence = json[QStringLiteral("evidence")].toString(),
            .reason = json[QStringLiteral("reason")].toString()};
}

QJsonObject stepJson(const PlanStep &step)
{
    return {{QStringLiteral("id"), step.id},
            {QStringLiteral("kind"), toString(step.kind)},
            {QStringLiteral("host"), step.host},
            {QStringLiteral("script"), QString::fromUtf8(step.script)},
            {QStringLiteral("look"), QString::fromUtf8(step.look)},
            {QStringLiteral("args"), step.args},
            {QStringLiteral("limitSeconds"), static_cast<qint64>(step.limit.count())},
            {QStringLiteral("estimateSeconds"), static_cast<qint64>(step.estimate.count())}};
}

std::optional<PlanStep> stepOf(const QJsonObject &json)
{
    const auto kind = stepKindFromString(json[QStringLiteral("kind")].toString());
    if (!kind || json[QStringLiteral("id")].toString().isEmpty())
        return std::nullopt;
    PlanStep step;
    step.id = json[QStringLiteral("id")].toString();
    step.kind = *kind;
    step.host = json[QStringLiteral("host")].toString();
    step.script = json[QStringLiteral("script")].toString().toUtf8();
    step.look = json[QStringLiteral("look")].toString().toUtf8();
    step.args = json[QStringLiteral("args")].toObject();
    step.limit = std::chrono::seconds(json[QStringLiteral("limitSeconds")].toInteger(600));
    step.estimate = std::chrono::seconds(json[QStringLiteral("estimateSeconds")].toInteger(5));
    return step;
}

QJsonArray stagesJson(const QList<Stage> &stages)
{
    QJsonArray array;
    for (const auto &stage : stages) {
        QJsonArray steps;
        for (const auto &step : stage.steps)
            steps.append(stepJson(step));
        array.append(
            QJsonObject{{QStringLiteral("id"), stage.id},
                        {QStringLiteral("host"), stage.host},
                        {QStringLiteral("parallel"), stage.order == Stage::Order::Parallel},
                        {QStringLiteral("onlyIfBegun"), stage.onlyIfBegun},
                        {QStringLiteral("notIfBegun"), stage.notIfBegun},
                        {QStringLiteral("steps"), steps}});
    }
    return array;
}

std::optional<QList<Stage>> stagesOf(const QJsonArray &array)
{
    QList<Stage> stages;
    for (const auto value : array) {
        const QJsonObject object = value.toObject();
        Stage stage;
        stage.id = object[QStringLiteral("id")].toString();
        stage.host = object[QStringLiteral("host")].toString();
        stage.order = object[QStringLiteral("parallel")].toBool() ? Stage::Order::Parallel
                                                                  : Stage::Order::Sequential;
        stage.onlyIfBegun = object[QStringLiteral("onlyIfBegun")].toString();
        stage.notIfBegun = object[QStringLiteral("notIfBegun")].toString();
        for (const auto entry : object[QStringLiteral("steps")].toArray()) {
            const auto step = stepOf(entry.toObject());
            if (!step)
                return std::nullopt;
            stage.steps.append(*step);
        }
        stages.append(stage);
    }
    return stages;
}

Error invalid(const QString &what)
{
    return {.code = ErrorCode::JournalCorrupt, .args = {what, QStringLiteral("1")}};
}

} // namespace

QJsonObject Plan::toJson() const
{
    QJsonArray hostArray;
    for (const auto &host : hosts) {
        QJsonObject json = hostJson(host);
        const QString id = host.id();
        json[QStringLiteral("id")] = id;
        if (nodeIds.contains(id))
            json[QStringLiteral("nodeId")] = nodeIds[id];
        if (clis.contains(id))
            json[QStringLiteral("cli")] = cliJson(clis[id]);
        hostArray.append(json);
    }
    QJsonObject json{{QStringLiteral("schema"), 1},
                     {QStringLiteral("runId"), runId},
                     {QStringLiteral("method"), toString(method)},
                     {QStringLiteral("from"), versionJson(from)},
                     {QStringLiteral("to"), versionJson(to)},
                     {QStringLiteral("runType"), toString(runType)},
                     {QStringLiteral("hosts"), hostArray},
                     {QStringLiteral("package"), packageJson(package)},
                     {QStringLiteral("backup"), backupJson(backup)},
                     {QStringLiteral("deployment"), toString(deployment)},
                     {QStringLiteral("options"), options.toJson()},
                     {QStringLiteral("stages"), stagesJson(stages)},
                     {QStringLiteral("wayBack"), stagesJson(wayBack)},
                     {QStringLiteral("goesBackTogether"), goesBackTogether},
                     {QStringLiteral("pointOfNoReturn"), pointOfNoReturn}};
    if (oldPackage)
        json[QStringLiteral("oldPackage")] = packageJson(*oldPackage);
    return json;
}

Result<Plan> Plan::fromJson(const QJsonObject &json)
{
    Plan plan;
    plan.runId = json[QStringLiteral("runId")].toString();
    const auto method = methodFromString(json[QStringLiteral("method")].toString());
    if (plan.runId.isEmpty() || !method)
        return invalid(QStringLiteral("plan"));
    plan.method = *method;
    plan.from = versionOf(json[QStringLiteral("from")]);
    plan.to = versionOf(json[QStringLiteral("to")]);
    plan.runType =
        runTypeFromString(json[QStringLiteral("runType")].toString()).value_or(RunType::Unknown);
    for (const auto value : json[QStringLiteral("hosts")].toArray()) {
        const QJsonObject host = value.toObject();
        plan.hosts.append(hostOf(host));
        const QString id = plan.hosts.last().id();
        if (host.contains(QStringLiteral("nodeId")))
            plan.nodeIds[id] = host[QStringLiteral("nodeId")].toInt();
        if (host.contains(QStringLiteral("cli")))
            plan.clis[id] = cliOf(host[QStringLiteral("cli")].toObject());
    }
    plan.package = packageOf(json[QStringLiteral("package")].toObject());
    plan.backup = backupOf(json[QStringLiteral("backup")].toObject());
    plan.deployment = deploymentFromString(json[QStringLiteral("deployment")].toString())
                          .value_or(Deployment::BarePackage);
    if (json.contains(QStringLiteral("oldPackage")))
        plan.oldPackage = packageOf(json[QStringLiteral("oldPackage")].toObject());
    plan.options = MethodOptions::fromJson(json[QStringLiteral("options")].toObject());
    const auto stages = stagesOf(json[QStringLiteral("stages")].toArray());
    const auto wayBack = stagesOf(json[QStringLiteral("wayBack")].toArray());
    if (!stages || !wayBack)
        return invalid(QStringLiteral("plan"));
    plan.stages = *stages;
    plan.wayBack = *wayBack;
    plan.goesBackTogether = json[QStringLiteral("goesBackTogether")].toBool();
    plan.pointOfNoReturn = json[QStringLiteral("pointOfNoReturn")].toString();
    return plan;
}

} // namespace kwup
