#include "core/container/DockerRun.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace kwup::test {

namespace {

QJsonObject json(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

/// As an engine 28 shows a container of the guide's secure example.
const char Inspect[] = R"({
"Id":"6f1c0a9d2b3e4f5061728394a5b6c7d8e9f00112233445566778899aabbccddee",
"Name":"/kwdb","Image":"sha256:old","State":{"Status":"running","Running":true},
"HostConfig":{"Binds":["/etc/kaiwudb/certs:/kaiwudb/certs","/var/lib/kaiwudb:/kaiwudb/deploy/kaiwudb-container","/dev:/dev"],
"ContainerIDFile":"","LogConfig":{"Type":"json-file","Config":{"max-size":"10m"}},"NetworkMode":"bridge",
"PortBindings":{"26257/tcp":[{"HostIp":"","HostPort":"26257"}],"8080/tcp":[{"HostIp":"127.0.0.1","HostPort":"8090"}]},
"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3},"AutoRemove":false,"VolumeDriver":"","VolumesFrom":null,
"CapAdd":["SYS_NICE"],"CapDrop":null,"CgroupnsMode":"host","Dns":["10.0.0.53"],"DnsOptions":[],"DnsSearch":[],
"ExtraHosts":["a:10.0.0.9"],"GroupAdd":null,"IpcMode":"shareable","Cgroup":"","Links":null,"OomScoreAdj":-500,
"PidMode":"","Privileged":true,"PublishAllPorts":false,"ReadonlyRootfs":false,"SecurityOpt":["label=disable"],
"UTSMode":"","UsernsMode":"","ShmSize":134217728,"Runtime":"runc","ConsoleSize":[0,0],"Isolation":"","CpuShares":0,
"Memory":4294967296,"NanoCpus":1500000000,"CgroupParent":"","BlkioWeight":0,"BlkioWeightDevice":[],"CpuPeriod":0,
"Devices":[{"PathOnHost":"/dev/fuse","PathInContainer":"/dev/fuse","CgroupPermissions":"rwm"}],"DeviceRequests":null,
"MemorySwap":8589934592,"MemorySwappiness":null,"OomKillDisable":null,"PidsLimit":null,"Sysctls":{"net.core.somaxconn":"1024"},
"Tmpfs":{"/scratch":"size=64m"},"Init":true,
"Ulimits":[{"Name":"memlock","Hard":-1,"Soft":-1},{"Name":"nofile","Hard":1048576,"Soft":1048576}],
"CpuCount":0,"CpuPercent":0,"IOMaximumIOps":0,"IOMaximumBandwidth":0,"MaskedPaths":null,"ReadonlyPaths":null},
"Mounts":[{"Type":"bind","Source":"/etc/kaiwudb/certs","Destination":"/kaiwudb/certs","RW":true},
{"Type":"bind","Source":"/var/lib/kaiwudb","Destination":"/kaiwudb/deploy/kaiwudb-container","RW":true},
{"Type":"bind","Source":"/dev","Destination":"/dev","RW":true},
{"Type":"volume","Name":"1111222233334444","Source":"/var/lib/docker/volumes/1111222233334444/_data","Destination":"/extra","RW":true}],
"Config":{"Hostname":"db1","Domainname":"","User":"","AttachStdin":false,"AttachStdout":false,"AttachStderr":false,
"ExposedPorts":{"26257/tcp":{},"8080/tcp":{}},"Tty":true,"OpenStdin":false,"StdinOnce":false,
"Env":["TZ=Asia/Shanghai","KW_PASSWORD=hunter two","PATH=/kaiwudb/bin:/bin"],
"Cmd":["./kwbase","start-single-node","--certs-dir=/kaiwudb/certs","--store=/kaiwudb/deploy/kaiwudb-container"],
"Image":"kwdb/kwdb:2.2.0","Volumes":{"/extra":{}},"WorkingDir":"/kaiwudb/bin","Entrypoint":null,"OnBuild":null,
"Labels":{"team":"db ops","maintainer":"kwdb"}},
"NetworkSettings":{"Networks":{"bridge":{"IPAMConfig":null,"Aliases":null},
"back":{"IPAMConfig":{"IPv4Address":"172.30.0.9"},"Aliases":["6f1c0a9d2b3e","db"],"NetworkID":"n2"}}}})";

const char Image[] =
    R"({"Id":"sha256:old","Config":{"Env":["PATH=/kaiwudb/bin:/bin"],"Cmd":null,"Entrypoint":null,
"Labels":{"maintainer":"kwdb"},"ExposedPorts":{"26257/tcp":{}},"WorkingDir":""}})";

DockerRun rebuilt(const QByteArray &section = {}, const QByteArray &key = {},
                  const QJsonValue &value = {})
{
    QJsonObject container = json(Inspect);
    if (!section.isEmpty()) {
        QJsonObject part = container[QLatin1String(section)].toObject();
        part[QLatin1String(key)] = value;
        container[QLatin1String(section)] = part;
    }
    return rebuildDockerRun(container, json(Image));
}

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u'|');
}

QJsonValue parsed(const QByteArray &text)
{
    return json(QByteArray("{\"v\":") + text + '}')[QStringLiteral("v")];
}

} // namespace

class TestDockerRun : public QObject {
    Q_OBJECT

private slots:
    void theCommandOfTheGuideIsRebuiltWordForWord();
    void onlyTheImageDiffers();
    void secretsStayOnTheHost();
    void eachSettingBecomesItsOption_data();
    void eachSettingBecomesItsOption();
    void whatCannotBeRebuiltIsNamed_data();
    void whatCannotBeRebuiltIsNamed();
    void theImagesOwnSettingsAreLeftToTheNewImage();
    void anEntrypointOfItsOwnKeepsAllWords();
    void otherNetworksDecideWhatGoesWithThem();
    void emptyAnswersAreProblems();
    void hostileWordsStayWords();
};

void TestDockerRun::theCommandOfTheGuideIsRebuiltWordForWord()
{
    const DockerRun run = rebuilt();
    QVERIFY2(run.problems.isEmpty(), qPrintable(run.problems.join(u'\n')));
    QCOMPARE(run.name, QStringLiteral("kwdb"));
    QStringList wanted = words("--hostname=db1|"
                               "--workdir=/kaiwudb/bin|"
                               "--tty|"
                               "--env=TZ=Asia/Shanghai|"
                               "--env=KW_PASSWORD|"
                               "--label=team=db ops|"
                               "--volume=/etc/kaiwudb/certs:/kaiwudb/certs|"
                               "--volume=/var/lib/kaiwudb:/kaiwudb/deploy/kaiwudb-container|"
                               "--volume=/dev:/dev|"
                               "--tmpfs=/scratch:size=64m|"
                               "--volume=1111222233334444:/extra|"
                               "--publish=26257:26257|"
                               "--publish=127.0.0.1:8090:8080|"
                               "--dns=10.0.0.53|"
                               "--add-host=a:10.0.0.9|"
                               "--privileged|"
                               "--memory=4294967296|"
                               "--memory-swap=8589934592|"
                               "--oom-score-adj=-500|"
                               "--cgroupns=host|"
                               "--cap-add=SYS_NICE|"
                               "--sysctl=net.core.somaxconn=1024|"
                               "--device=/dev/fuse:/dev/fuse:rwm|"
                               "--ulimit=memlock=-1:-1|"
                               "--ulimit=nofile=1048576:1048576|"
                               "--log-driver=json-file|"
                               "--log-opt=max-size=10m|"
                               "--restart=on-failure:3|"
                               "--ipc=shareable|"
                               "--shm-size=134217728|"
                               "--cpus=1.500000000|"
                               "--init");
    QStringList found = run.options;
    found.sort();
    wanted.sort();
    QCOMPARE(found, wanted);
    QCOMPARE(run.arguments,
             words("./kwbase|start-single-node|--certs-dir=/kaiwudb/certs|--store=/kaiwudb/deploy/"
                   "kaiwudb-container"));
    const QList<QStringList> networks{words("--ip=172.30.0.9|--alias=db|back")};
    QCOMPARE(run.networks, networks);
}

void TestDockerRun::onlyTheImageDiffers()
{
    const DockerRun run = rebuilt();
    const QString verb = QStringLiteral("run");
    const QString diff = DockerRun::diff(run.command(verb, QStringLiteral("kwdb/kwdb:2.2.0")),
                                         run.command(verb, QStringLiteral("kwdb/kwdb:2.2.1")));
    QStringList changed;
    for (const auto &line : diff.split(u'\n')) {
        if (line.startsWith(u'-') || line.startsWith(u'+'))
            changed.append(line.simplified());
    }
    QCOMPARE(changed, words("- kwdb/kwdb:2.2.0 \\|+ kwdb/kwdb:2.2.1 \\"));
}

void TestDockerRun::secretsStayOnTheHost()
{
    const DockerRun run = rebuilt();
    QCOMPARE(run.secretNames, words("KW_PASSWORD"));
    QVERIFY(!run.command(QStringLiteral("create"), QStringLiteral("i")).contains(u"hunter"));
    QVERIFY(isSecretName(QStringLiteral("db_passwd")));
    QVERIFY(isSecretName(QStringLiteral("AWS_ACCESS_KEY_ID")));
    QVERIFY(!isSecretName(QStringLiteral("TZ")));
}

void TestDockerRun::eachSettingBecomesItsOption_data()
{
    QTest::addColumn<QByteArray>("section");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("option");
    const auto row = [](const char *section, const char *key, const char *value,
                        const char *option) {
        QTest::newRow(key) << QByteArray(section) << QByteArray(key) << QByteArray(value) << option;
    };
    row("HostConfig", "CapDrop", R"(["NET_RAW"])", "--cap-drop=NET_RAW");
    row("HostConfig", "GroupAdd", R"(["998"])", "--group-add=998");
    row("HostConfig", "PidMode", R"("host")", "--pid=host");
    row("HostConfig", "UTSMode", R"("host")", "--uts=host");
    row("HostConfig", "UsernsMode", R"("host")", "--userns=host");
    row("HostConfig", "CgroupParent", R"("kw.slice")", "--cgroup-parent=kw.slice");
    row("HostConfig", "CpusetCpus", R"("0-3")", "--cpuset-cpus=0-3");
    row("HostConfig", "CpuShares", "512", "--cpu-shares=512");
    row("HostConfig", "CpuQuota", "50000", "--cpu-quota=50000");
    row("HostConfig", "PidsLimit", "100", "--pids-limit=100");
    row("HostConfig", "MemorySwappiness", "0", "--memory-swappiness=0");
    row("HostConfig", "OomKillDisable", "true", "--oom-kill-disable");
    row("HostConfig", "ReadonlyRootfs", "true", "--read-only");
    row("HostConfig", "PublishAllPorts", "true", "--publish-all");
    row("HostConfig", "Runtime", R"("crun")", "--runtime=crun");
    row("HostConfig", "SecurityOpt", R"(["seccomp=unconfined"])",
        "--security-opt=seccomp=unconfined");
    row("HostConfig", "BlkioDeviceReadBps", R"([{"Path":"/dev/sda","Rate":1048576}])",
        "--device-read-bps=/dev/sda:1048576");
    row("HostConfig", "Links", R"(["/redis:/kwdb/cache"])", "--link=redis:cache");
    row("HostConfig", "DnsSearch", R"(["a.b"])", "--dns-search=a.b");
    row("HostConfig", "StorageOpt", R"({"size":"20G"})", "--storage-opt=size=20G");
    row("HostConfig", "Annotations", R"({"a":"b"})", "--annotation=a=b");
    row("HostConfig", "DeviceCgroupRules", R"(["c 1:3 mr"])", "--device-cgroup-rule=c 1:3 mr");
    row("HostConfig", "Mounts",
        R"([{"Type":"volume","Source":"data","Target":"/d","ReadOnly":true,"VolumeOptions":{"NoCopy":true}}])",
        "--mount=type=volume,source=data,target=/d,readonly,volume-nocopy");
    row("HostConfig", "PortBindings", R"({"53/udp":[{"HostIp":"::1","HostPort":"53"}]})",
        "--publish=[::1]:53:53/udp");
    row("Config", "User", R"("1000:1000")", "--user=1000:1000");
    row("Config", "Domainname", R"("example.org")", "--domainname=example.org");
    row("Config", "StopSignal", R"("SIGINT")", "--stop-signal=SIGINT");
    row("Config", "StopTimeout", "0", "--stop-timeout=0");
    row("Config", "OpenStdin", "true", "--interactive");
    row("Config", "MacAddress", R"("02:42:ac:11:00:02")", "--mac-address=02:42:ac:11:00:02");
    row("Config", "Healthcheck", R"({"Test":["CMD-SHELL","curl -f x"],"Interval":30000000000})",
        "--health-interval=30000000000ns");
    row("Config", "ExposedPorts", R"({"9000/tcp":{}})", "--expose=9000/tcp");
}

void TestDockerRun::eachSettingBecomesItsOption()
{
    QFETCH(QByteArray, section);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(QString, option);
    const DockerRun run = rebuilt(section, key, parsed(value));
    QVERIFY2(run.options.contains(option), qPrintable(run.options.join(u'\n')));
    QVERIFY2(run.problems.isEmpty(), qPrintable(run.problems.join(u'\n')));
}

void TestDockerRun::whatCannotBeRebuiltIsNamed_data()
{
    QTest::addColumn<QByteArray>("section");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *section, const char *key, const char *value) {
        QTest::newRow(key) << QByteArray(section) << QByteArray(key) << QByteArray(value);
    };
    row("HostConfig", "KernelMemory", "1048576");
    row("HostConfig", "DeviceRequests", R"([{"Driver":"nvidia","Count":-1}])");
    row("HostConfig", "SecurityOpt", R"(["seccomp={\"defaultAction\":\"x\"}"])");
    row("HostConfig", "SomethingOfEngine99", R"({"a":1})");
    row("HostConfig", "Mounts", R"([{"Type":"npipe","Source":"a","Target":"/d"}])");
    row("Config", "NetworkDisabled", "true");
    row("Config", "Healthcheck", R"({"Test":["CMD","curl","x"]})");
    row("Config", "Env", R"(["A SECRET=x"])");
}

void TestDockerRun::whatCannotBeRebuiltIsNamed()
{
    QFETCH(QByteArray, section);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    const DockerRun run = rebuilt(section, key, parsed(value));
    QCOMPARE(run.problems.size(), 1);
    QVERIFY2(run.problems.first().startsWith(QString::fromLatin1(section + '.' + key)),
             qPrintable(run.problems.first()));
}

void TestDockerRun::theImagesOwnSettingsAreLeftToTheNewImage()
{
    QJsonObject image = json(Image);
    image[QStringLiteral("Config")] = json(Inspect)[QStringLiteral("Config")];
    const DockerRun run = rebuildDockerRun(json(Inspect), image);
    QVERIFY(run.arguments.isEmpty());
    for (const auto &option : run.options) {
        QVERIFY2(!option.startsWith(QLatin1String("--env="))
                     && !option.startsWith(QLatin1String("--label="))
                     && !option.startsWith(QLatin1String("--workdir=")),
                 qPrintable(option));
    }
}

void TestDockerRun::anEntrypointOfItsOwnKeepsAllWords()
{
    const DockerRun run = rebuilt("Config", "Entrypoint", parsed(R"(["/bin/sh","-c"])"));
    QVERIFY(run.options.contains(QStringLiteral("--entrypoint=/bin/sh")));
    QCOMPARE(run.arguments.mid(0, 2), words("-c|./kwbase"));
}

void TestDockerRun::otherNetworksDecideWhatGoesWithThem()
{
    const DockerRun host = rebuilt("HostConfig", "NetworkMode", QStringLiteral("host"));
    QVERIFY(host.options.contains(QStringLiteral("--network=host")));
    QVERIFY(host.networks.isEmpty());
    for (const auto &option : host.options)
        QVERIFY2(!option.startsWith(QLatin1String("--publish")), qPrintable(option));
    const DockerRun own = rebuilt("HostConfig", "NetworkMode", QStringLiteral("back"));
    QVERIFY(own.options.contains(QStringLiteral("--network=back")));
    QVERIFY(own.options.contains(QStringLiteral("--ip=172.30.0.9")));
    QVERIFY(own.options.contains(QStringLiteral("--network-alias=db")));
    QVERIFY(!own.options.contains(QStringLiteral("--network-alias=6f1c0a9d2b3e")));
}

void TestDockerRun::emptyAnswersAreProblems()
{
    QVERIFY(!rebuildDockerRun({}, {}).problems.isEmpty());
    QVERIFY(!rebuildDockerRun(json(Inspect), {}).problems.isEmpty());
}

void TestDockerRun::hostileWordsStayWords()
{
    const DockerRun run = rebuilt("Config", "Labels", parsed(R"({"a":"'; rm -rf / #"})"));
    const QString text = run.command(QStringLiteral("create"), QStringLiteral("kwdb:1"));
    QVERIFY2(text.contains(QLatin1String("'--label=a='\\''; rm -rf / #'")), qPrintable(text));
}

} // namespace kwup::test

QTEST_GUILESS_MAIN(kwup::test::TestDockerRun)
#include "tst_DockerRun.moc"
