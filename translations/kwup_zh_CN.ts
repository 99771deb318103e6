<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Check</name>
    <message>
        <source>This could not be read, so it is not known to be in order. %1</source>
        <translation>无法读取，不能判定是否正常。%1</translation>
    </message>
    <message>
        <source>Correct the cause, then run the check again.</source>
        <translation>排除原因后，重新执行此项检查。</translation>
    </message>
    <message>
        <source>This was not read, so it is not known to be in order.</source>
        <translation>尚未读取，不能判定是否正常。</translation>
    </message>
    <message>
        <source>Run the discovery again, then this check.</source>
        <translation>重新采集信息，然后重新执行此项检查。</translation>
    </message>
    <message>
        <source>The host could not be read; see the check of the connection.</source>
        <translation>无法读取该主机，见连接检查。</translation>
    </message>
    <message>
        <source>Make the host reachable, then run the checks again.</source>
        <translation>恢复主机的连接，然后重新执行检查。</translation>
    </message>
    <message>
        <source>No installation of KWDB was recognised on the host; see the check of the installation.</source>
        <translation>主机上未识别到 KWDB 安装，见安装检查。</translation>
    </message>
    <message>
        <source>Correct the list of hosts, then run the checks again.</source>
        <translation>更正主机列表，然后重新执行检查。</translation>
    </message>
    <message>
        <source>No package has been chosen yet.</source>
        <translation>尚未选择安装包。</translation>
    </message>
    <message>
        <source>Choose the release archive, then run the check again.</source>
        <translation>选择新版本的安装包，然后重新执行此项检查。</translation>
    </message>
    <message>
        <source>This does not matter for the chosen method.</source>
        <translation>此项与所选升级方式无关。</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>All nodes are live</source>
        <translation>所有节点均存活</translation>
    </message>
    <message>
        <source>A cluster with three replicas survives the loss of one node. If one is down already, stopping another makes data unavailable.</source>
        <translation>三副本集群只能容忍一个节点失效。已有节点失效时再停止一个节点，会造成数据不可用。</translation>
    </message>
    <message>
        <source>All nodes are available and live: %1.</source>
        <translation>所有节点均可用且存活：%1。</translation>
    </message>
    <message>
        <source>Nodes are down: %1.</source>
        <translation>以下节点已失效：%1。</translation>
    </message>
    <message>
        <source>Bring them back and wait until their replicas have caught up, or decommission them.</source>
        <translation>恢复这些节点并等待其副本追平，或将其退役。</translation>
    </message>
    <message>
        <source>Nodes are live, but not available: %1.</source>
        <translation>以下节点存活但不可用：%1。</translation>
    </message>
    <message>
        <source>They are marked as upgrading or are just starting. Wait, or finish the earlier upgrade.</source>
        <translation>这些节点被标记为升级中，或正在启动。等待其恢复，或先完成上一次升级。</translation>
    </message>
    <message>
        <source>The list holds every node of the cluster</source>
        <translation>列表包含集群的所有节点</translation>
    </message>
    <message>
        <source>A node that is left out keeps the old version, and nobody looks after it while the others are upgraded.</source>
        <translation>遗漏的节点会停留在旧版本，升级其他节点期间也无人关注其状态。</translation>
    </message>
    <message>
        <source>All nodes of the cluster are in the list: %1.</source>
        <translation>集群的所有节点都在列表中：%1。</translation>
    </message>
    <message>
        <source>Nodes of the cluster are not in the list: %1.</source>
        <translation>以下集群节点不在列表中：%1。</translation>
    </message>
    <message>
        <source>Add their hosts to the list.</source>
        <translation>将其所在主机加入列表。</translation>
    </message>
    <message>
        <source>No node of the cluster was recognised on these hosts: %1.</source>
        <translation>以下主机上未识别到集群节点：%1。</translation>
    </message>
    <message>
        <source>Check their addresses and whether their service runs; remove those that do not belong to the cluster.</source>
        <translation>检查主机地址和服务是否运行；移除不属于该集群的主机。</translation>
    </message>
    <message>
        <source>No node is leaving the cluster</source>
        <translation>没有节点正在退出集群</translation>
    </message>
    <message>
        <source>While a node leaves, its replicas move; stopping another one in the meantime can make data unavailable.</source>
        <translation>节点退出期间副本正在迁移，此时停止其他节点可能造成数据不可用。</translation>
    </message>
    <message>
        <source>No node is being decommissioned or drained.</source>
        <translation>没有节点正在退役或排空。</translation>
    </message>
    <message>
        <source>Nodes are being decommissioned: %1.</source>
        <translation>以下节点正在退役：%1。</translation>
    </message>
    <message>
        <source>Wait until this is finished, or take it back with kwbase node recommission.</source>
        <translation>等待退役完成，或用 kwbase node recommission 撤销退役。</translation>
    </message>
    <message>
        <source>Nodes are draining: %1.</source>
        <translation>以下节点正在排空：%1。</translation>
    </message>
    <message>
        <source>Wait until they are back, or find out who is stopping them.</source>
        <translation>等待节点恢复，或查明停止节点的操作来源。</translation>
    </message>
    <message>
        <source>The cluster does not say whether these nodes are being decommissioned: %1.</source>
        <translation>集群未返回以下节点是否正在退役：%1。</translation>
    </message>
    <message>
        <source>Run the discovery again when all nodes answer.</source>
        <translation>所有节点都能响应后，重新采集信息。</translation>
    </message>
    <message>
        <source>All nodes run one version</source>
        <translation>所有节点版本一致</translation>
    </message>
    <message>
        <source>Documented upgrade paths begin at one version.</source>
        <translation>文档规定的升级路径以单一版本为起点。</translation>
    </message>
    <message>
        <source>All nodes run version %1.</source>
        <translation>所有节点的版本均为 %1。</translation>
    </message>
    <message>
        <source>Node %1 reports a version that cannot be understood: &quot;%2&quot;.</source>
        <translation>节点 %1 报告的版本无法识别：“%2”。</translation>
    </message>
    <message>
        <source>Find out what is installed on this node.</source>
        <translation>查明该节点上安装的版本。</translation>
    </message>
    <message>
        <source>Some nodes run the new version already: %1.</source>
        <translation>部分节点已是新版本：%1。</translation>
    </message>
    <message>
        <source>An earlier upgrade stopped between the nodes. Resume that run if it was made with this program.</source>
        <translation>上一次升级中途停止。如果是用本程序执行的，继续该次升级。</translation>
    </message>
    <message>
        <source>The nodes run different versions: %1.</source>
        <translation>节点版本不一致：%1。</translation>
    </message>
    <message>
        <source>Bring all nodes to one version first.</source>
        <translation>先将所有节点统一到同一版本。</translation>
    </message>
    <message>
        <source>No schema change, import or export is running</source>
        <translation>没有正在执行的模式更改、导入或导出</translation>
    </message>
    <message>
        <source>The vendor&apos;s guide asks for this: such jobs can fail or have to be rolled back when their node stops.</source>
        <translation>官方升级指南要求此项：节点停止时，这类作业可能失败或需要回滚。</translation>
    </message>
    <message>
        <source>No such job is unfinished.</source>
        <translation>没有未完成的此类作业。</translation>
    </message>
    <message>
        <source>Jobs are unfinished: %1.</source>
        <translation>以下作业未完成：%1。</translation>
    </message>
    <message>
        <source>Wait until they are finished, or cancel them with CANCEL JOB.</source>
        <translation>等待作业完成，或用 CANCEL JOB 取消。</translation>
    </message>
    <message>
        <source>Jobs are paused or wait for their time: %1.</source>
        <translation>以下作业已暂停或等待到期执行：%1。</translation>
    </message>
    <message>
        <source>Decide whether they can wait until after the upgrade; a clean-up after a schema change usually can.</source>
        <translation>确定能否推迟到升级之后；模式更改后的清理作业通常可以。</translation>
    </message>
    <message>
        <source>The waiting time for lost nodes is known</source>
        <translation>失联节点的等待时间已知</translation>
    </message>
    <message>
        <source>The setting server.time_until_store_dead is raised for the upgrade and must be put back to its present value.</source>
        <translation>升级期间会调大 server.time_until_store_dead，之后必须恢复为当前值。</translation>
    </message>
    <message>
        <source>server.time_until_store_dead is %1.</source>
        <translation>server.time_until_store_dead 为 %1。</translation>
    </message>
    <message>
        <source>Clients can reach several nodes</source>
        <translation>客户端可连接多个节点</translation>
    </message>
    <message>
        <source>A client that knows one address only has an outage while that node is upgraded.</source>
        <translation>只配置了一个地址的客户端，在该节点升级期间会中断。</translation>
    </message>
    <message>
        <source>Clients can reach several nodes.</source>
        <translation>客户端可连接多个节点。</translation>
    </message>
    <message>
        <source>How clients connect cannot be seen from the servers.</source>
        <translation>从服务器侧无法判断客户端的连接方式。</translation>
    </message>
    <message>
        <source>Connection and privilege</source>
        <translation>连接与权限</translation>
    </message>
    <message>
        <source>All hosts can be reached</source>
        <translation>所有主机均可连接</translation>
    </message>
    <message>
        <source>The program works on every host over SSH; a host it cannot read may hold a node it would not see.</source>
        <translation>程序通过 SSH 在每台主机上操作；无法读取的主机上可能有未被发现的节点。</translation>
    </message>
    <message>
        <source>The host answers and was read.</source>
        <translation>主机有响应，信息已读取。</translation>
    </message>
    <message>
        <source>The host cannot be read. %1</source>
        <translation>无法读取主机。%1</translation>
    </message>
    <message>
        <source>Correct the address, the login or the network, then connect again.</source>
        <translation>更正地址、登录信息或网络，然后重新连接。</translation>
    </message>
    <message>
        <source>No host is listed twice</source>
        <translation>没有重复的主机</translation>
    </message>
    <message>
        <source>One node under two addresses would be stopped and upgraded twice.</source>
        <translation>以两个地址出现的同一节点会被停止并升级两次。</translation>
    </message>
    <message>
        <source>Every entry of the list is another host.</source>
        <translation>列表中的每一项都是不同的主机。</translation>
    </message>
    <message>
        <source>The list of hosts is empty.</source>
        <translation>主机列表为空。</translation>
    </message>
    <message>
        <source>Add the hosts of the cluster.</source>
        <translation>添加集群的主机。</translation>
    </message>
    <message>
        <source>Two entries of the list are the same host. %1</source>
        <translation>列表中有两项是同一台主机。%1</translation>
    </message>
    <message>
        <source>Remove one of the two entries.</source>
        <translation>移除其中一项。</translation>
    </message>
    <message>
        <source>The entries %1 and %2 are both node %3.</source>
        <translation>%1 与 %2 都是节点 %3。</translation>
    </message>
    <message>
        <source>All hosts belong to one cluster</source>
        <translation>所有主机属于同一集群</translation>
    </message>
    <message>
        <source>The state of one cluster says nothing about the nodes of another.</source>
        <translation>一个集群的状态不能说明另一个集群的节点情况。</translation>
    </message>
    <message>
        <source>All hosts belong to one cluster.</source>
        <translation>所有主机属于同一集群。</translation>
    </message>
    <message>
        <source>The list holds nodes of different clusters. %1</source>
        <translation>列表中有不同集群的节点。%1</translation>
    </message>
    <message>
        <source>Upgrade one cluster at a time: remove the hosts of the other.</source>
        <translation>每次只升级一个集群：移除另一集群的主机。</translation>
    </message>
    <message>
        <source>Commands can be run as root</source>
        <translation>可以用 root 执行命令</translation>
    </message>
    <message>
        <source>Stopping the service and installing packages need root; the upgrade script asks for a password in ways that fail over SSH.</source>
        <translation>停止服务和安装软件包需要 root 权限；升级脚本自身的密码询问方式在 SSH 下会失败。</translation>
    </message>
    <message>
        <source>Root rights were tried out and work.</source>
        <translation>root 权限已实测可用。</translation>
    </message>
    <message>
        <source>The tools of the upgrade script are installed</source>
        <translation>升级脚本所需的工具已安装</translation>
    </message>
    <message>
        <source>The upgrade script does not check for the tools it calls; a missing one stops it half-way or is silently ignored.</source>
        <translation>升级脚本不检查所调用的工具；缺少工具会使其中途停止，或被静默忽略。</translation>
    </message>
    <message>
        <source>All tools the upgrade script calls were found.</source>
        <translation>升级脚本所需的工具均已找到。</translation>
    </message>
    <message>
        <source>Tools are missing: %1.</source>
        <translation>缺少以下工具：%1。</translation>
    </message>
    <message>
        <source>Install them with the host&apos;s package manager.</source>
        <translation>用主机的软件包管理器安装。</translation>
    </message>
    <message>
        <source>Installation</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>KWDB is installed</source>
        <translation>KWDB 已安装</translation>
    </message>
    <message>
        <source>Only an installed node can be upgraded.</source>
        <translation>只有已安装 KWDB 的节点才能升级。</translation>
    </message>
    <message>
        <source>KWDB is installed (%1).</source>
        <translation>KWDB 已安装（%1）。</translation>
    </message>
    <message>
        <source>KWDB is not installed on this host.</source>
        <translation>该主机未安装 KWDB。</translation>
    </message>
    <message>
        <source>Remove the host from the list, or correct its address.</source>
        <translation>从列表中移除该主机，或更正其地址。</translation>
    </message>
    <message>
        <source>The method fits the kind of installation</source>
        <translation>升级方式与安装方式相符</translation>
    </message>
    <message>
        <source>The upgrade script handles only what it installed itself.</source>
        <translation>升级脚本只能处理由其自身安装的实例。</translation>
    </message>
    <message>
        <source>The kind of installation is %1.</source>
        <translation>安装方式：%1。</translation>
    </message>
    <message>
        <source>KWDB was not installed by the vendor&apos;s script (%1).</source>
        <translation>KWDB 不是用部署脚本安装的（%1）。</translation>
    </message>
    <message>
        <source>Choose the method that fits the way KWDB was installed.</source>
        <translation>选择与 KWDB 安装方式相符的升级方式。</translation>
    </message>
    <message>
        <source>The method fits the kind of cluster</source>
        <translation>升级方式与集群类型相符</translation>
    </message>
    <message>
        <source>Single nodes, clusters with one replica and clusters with several replicas are upgraded in different orders; the wrong one causes an outage.</source>
        <translation>单机、单副本集群和多副本集群的升级顺序各不相同；选错会造成服务中断。</translation>
    </message>
    <message>
        <source>The node runs as %1.</source>
        <translation>运行类型：%1。</translation>
    </message>
    <message>
        <source>The node runs as %1; the chosen method is for %2.</source>
        <translation>运行类型：%1；所选升级方式适用于：%2。</translation>
    </message>
    <message>
        <source>Choose the method for this kind of cluster.</source>
        <translation>选择适用于该集群类型的升级方式。</translation>
    </message>
    <message>
        <source>The recorded run type is the real one</source>
        <translation>记录的运行类型与实际一致</translation>
    </message>
    <message>
        <source>The upgrade script decides by the file MODE alone; if that is wrong, it takes the wrong branch.</source>
        <translation>升级脚本只根据 MODE 文件决定流程；文件有误则会走错分支。</translation>
    </message>
    <message>
        <source>MODE says %1, and the start command is %2.</source>
        <translation>MODE 记录的运行类型：%1；启动命令：%2。</translation>
    </message>
    <message>
        <source>MODE says %1, but the start command is %2.</source>
        <translation>MODE 记录的运行类型：%1；启动命令却是：%2。</translation>
    </message>
    <message>
        <source>Find out how this node was really set up and correct /etc/kaiwudb/info/MODE or the unit.</source>
        <translation>查明该节点的实际部署方式，更正 /etc/kaiwudb/info/MODE 或单元文件。</translation>
    </message>
    <message>
        <source>MODE says %1, but the running node was started with %2.</source>
        <translation>MODE 记录的运行类型：%1；运行中的节点却以 %2 启动。</translation>
    </message>
    <message>
        <source>The security mode is known</source>
        <translation>安全模式已知</translation>
    </message>
    <message>
        <source>The program asks the cluster with the node&apos;s own certificates; with the wrong mode it gets no answer.</source>
        <translation>程序使用节点自身的证书查询集群；安全模式有误则得不到响应。</translation>
    </message>
    <message>
        <source>The security mode is %1.</source>
        <translation>安全模式：%1。</translation>
    </message>
    <message>
        <source>MODE says %1, but the start command says %2.</source>
        <translation>MODE 记录：%1；启动命令：%2，两者不一致。</translation>
    </message>
    <message>
        <source>The start command is used. Correct /etc/kaiwudb/info/MODE when you can.</source>
        <translation>以启动命令为准。方便时更正 /etc/kaiwudb/info/MODE。</translation>
    </message>
    <message>
        <source>The data directory is known</source>
        <translation>数据目录已知</translation>
    </message>
    <message>
        <source>A backup of the wrong directory is no backup.</source>
        <translation>备份了错误的目录等于没有备份。</translation>
    </message>
    <message>
        <source>The data directory is %1.</source>
        <translation>数据目录为 %1。</translation>
    </message>
    <message>
        <source>MODE says the data is in %1, but the start command says %2.</source>
        <translation>MODE 记录的数据目录为 %1，但启动命令中为 %2。</translation>
    </message>
    <message>
        <source>Find out where the data is and correct /etc/kaiwudb/info/MODE or the unit.</source>
        <translation>查明数据的实际位置，更正 /etc/kaiwudb/info/MODE 或单元文件。</translation>
    </message>
    <message>
        <source>One version everywhere</source>
        <translation>各处版本一致</translation>
    </message>
    <message>
        <source>The version file, the packages, the program and the running node must say the same; otherwise an earlier upgrade stopped half-way.</source>
        <translation>版本文件、软件包、程序文件和运行中的节点必须版本一致；否则说明上一次升级中途停止。</translation>
    </message>
    <message>
        <source>The version file, the packages, the program and the running node say %1.</source>
        <translation>版本文件、软件包、程序文件和运行中的节点均为 %1。</translation>
    </message>
    <message>
        <source>The package %1 is in the state &quot;%2&quot;.</source>
        <translation>软件包 %1 的状态为“%2”。</translation>
    </message>
    <message>
        <source>Install the packages of the present version again by hand, then run the checks again.</source>
        <translation>手动重新安装当前版本的软件包，然后重新执行检查。</translation>
    </message>
    <message>
        <source>The version file says %1, but the package %2 has version %3.</source>
        <translation>版本文件为 %1，但软件包 %2 的版本为 %3。</translation>
    </message>
    <message>
        <source>An earlier upgrade stopped half-way. Install the packages that fit the version file, or finish that upgrade by hand.</source>
        <translation>上一次升级中途停止。安装与版本文件一致的软件包，或手动完成该次升级。</translation>
    </message>
    <message>
        <source>The package manager knows no package of KWDB.</source>
        <translation>软件包管理器中没有 KWDB 的软件包。</translation>
    </message>
    <message>
        <source>Find out how KWDB was installed; the upgrade script replaces packages only.</source>
        <translation>查明 KWDB 的安装方式；升级脚本只能替换软件包。</translation>
    </message>
    <message>
        <source>The version file says %1, but the program says %2.</source>
        <translation>版本文件为 %1，但程序文件为 %2。</translation>
    </message>
    <message>
        <source>An earlier upgrade stopped half-way. Find out which version is right before you go on.</source>
        <translation>上一次升级中途停止。查明哪个版本正确后再继续。</translation>
    </message>
    <message>
        <source>The installed version is %1, but the running node is %2.</source>
        <translation>已安装版本为 %1，但运行中的节点为 %2。</translation>
    </message>
    <message>
        <source>The node was not restarted after an earlier upgrade. Restart it, then run the checks again.</source>
        <translation>上一次升级后节点未重启。重启节点，然后重新执行检查。</translation>
    </message>
    <message>
        <source>This host has version %1 already, %2 still has %3.</source>
        <translation>该主机已是版本 %1，%2 仍是 %3。</translation>
    </message>
    <message>
        <source>This host has version %1, %2 has %3.</source>
        <translation>该主机为版本 %1，%2 为 %3。</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>安装包</translation>
    </message>
    <message>
        <source>The package is complete</source>
        <translation>安装包完整</translation>
    </message>
    <message>
        <source>The upgrade script removes the old packages before it finds out that new ones are missing.</source>
        <translation>升级脚本先删除旧软件包，之后才会发现新软件包缺失。</translation>
    </message>
    <message>
        <source>The archive was read and is complete: version %1, %2.</source>
        <translation>安装包已读取且完整：版本 %1，%2。</translation>
    </message>
    <message>
        <source>No package has been chosen.</source>
        <translation>尚未选择安装包。</translation>
    </message>
    <message>
        <source>Choose the release archive of the new version.</source>
        <translation>选择新版本的安装包。</translation>
    </message>
    <message>
        <source>The package fits the installation</source>
        <translation>安装包与安装方式相符</translation>
    </message>
    <message>
        <source>The upgrade script refuses a package of another kind, and does not look whether .deb or .rpm fits the system.</source>
        <translation>升级脚本会拒绝其他类型的安装包，但不检查 .deb 或 .rpm 是否适合操作系统。</translation>
    </message>
    <message>
        <source>The package is of the right kind (%1).</source>
        <translation>安装包类型正确（%1）。</translation>
    </message>
    <message>
        <source>The package is of the kind %1, the installation is of the kind %2.</source>
        <translation>安装包类型：%1；现有安装方式：%2。两者不符。</translation>
    </message>
    <message>
        <source>Get the package that fits the way KWDB was installed.</source>
        <translation>获取与 KWDB 安装方式相符的安装包。</translation>
    </message>
    <message>
        <source>The package holds .%1 files, the host uses .%2.</source>
        <translation>安装包中是 .%1 文件，主机使用 .%2。</translation>
    </message>
    <message>
        <source>Get the package for this operating system.</source>
        <translation>获取适用于该操作系统的安装包。</translation>
    </message>
    <message>
        <source>The package fits the processor</source>
        <translation>安装包与处理器相符</translation>
    </message>
    <message>
        <source>The upgrade script does not look at the processor; the wrong program cannot start.</source>
        <translation>升级脚本不检查处理器架构；架构不符的程序无法启动。</translation>
    </message>
    <message>
        <source>Package and host are both for %1.</source>
        <translation>安装包和主机均为 %1。</translation>
    </message>
    <message>
        <source>The package does not say for which processor it is; the host is %2.</source>
        <translation>安装包未注明处理器架构；主机为 %2。</translation>
    </message>
    <message>
        <source>Get the original release archive from the vendor.</source>
        <translation>从厂商处获取原始安装包。</translation>
    </message>
    <message>
        <source>The package is for %1, the host is %2.</source>
        <translation>安装包适用于 %1，主机为 %2。</translation>
    </message>
    <message>
        <source>Get the package for the processor of the host.</source>
        <translation>获取适用于主机处理器的安装包。</translation>
    </message>
    <message>
        <source>The vendor documents this upgrade</source>
        <translation>厂商文档支持此次升级</translation>
    </message>
    <message>
        <source>The upgrade script lets paths through that the vendor does not document; data written by a newer version cannot be opened by an older one.</source>
        <translation>升级脚本会放行厂商文档未涵盖的路径；新版本写入的数据，旧版本无法打开。</translation>
    </message>
    <message>
        <source>The upgrade from %1 to %2 by this method is documented (%3).</source>
        <translation>以此方式从 %1 升级到 %2 有文档支持（%3）。</translation>
    </message>
    <message>
        <source>The upgrade from %1 to %2 is documented, but by another method: %3.</source>
        <translation>从 %1 升级到 %2 有文档支持，但须采用其他方式：%3。</translation>
    </message>
    <message>
        <source>Choose the documented method.</source>
        <translation>选择文档规定的升级方式。</translation>
    </message>
    <message>
        <source>The upgrade from %1 to %2 is documented in several steps only: %3.</source>
        <translation>文档仅支持分多步从 %1 升级到 %2：%3。</translation>
    </message>
    <message>
        <source>Upgrade to the first of these versions, then to the next.</source>
        <translation>先升级到其中第一个版本，再升级到下一个。</translation>
    </message>
    <message>
        <source>Version %2 is installed on all hosts already.</source>
        <translation>所有主机均已安装版本 %2。</translation>
    </message>
    <message>
        <source>There is nothing to upgrade. Choose a newer package if there is one.</source>
        <translation>无需升级。如有更新版本的安装包，改选该安装包。</translation>
    </message>
    <message>
        <source>The package (%2) is older than the installed version (%1).</source>
        <translation>安装包（%2）低于已安装版本（%1）。</translation>
    </message>
    <message>
        <source>A downgrade needs a backup and a new installation of the old version; choose a newer package.</source>
        <translation>降级需要备份并重新安装旧版本；改选更新版本的安装包。</translation>
    </message>
    <message>
        <source>The vendor documents no upgrade from %1 to %2.</source>
        <translation>厂商文档不支持从 %1 升级到 %2。</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>The clocks agree</source>
        <translation>主机时钟一致</translation>
    </message>
    <message>
        <source>A node whose clock is more than 400 ms away from the others stops itself, and does so when it is started again.</source>
        <translation>时钟与其他节点相差超过 400 ms 的节点会自行停止，再次启动时也一样。</translation>
    </message>
    <message>
        <source>The clock is %1 ms away from the middle of all hosts.</source>
        <translation>时钟与所有主机的中位值相差 %1 ms。</translation>
    </message>
    <message>
        <source>There is only one host.</source>
        <translation>只有一台主机。</translation>
    </message>
    <message>
        <source>Set up time synchronisation (chrony or ntpd) on all hosts.</source>
        <translation>在所有主机上配置时间同步（chrony 或 ntpd）。</translation>
    </message>
    <message>
        <source>The clock seems to be %1 ms away from the middle of all hosts. The node runs, so the measurement over the network may be wrong.</source>
        <translation>时钟与所有主机的中位值似乎相差 %1 ms。节点仍在运行，可能是网络造成的测量误差。</translation>
    </message>
    <message>
        <source>Look at the clock on the host itself (chronyc tracking) before you accept this.</source>
        <translation>接受之前，在该主机上核对时钟（chronyc tracking）。</translation>
    </message>
    <message>
        <source>The clock is %1 ms away from the middle of all hosts; the node would stop itself.</source>
        <translation>时钟与所有主机的中位值相差 %1 ms；节点会自行停止。</translation>
    </message>
    <message>
        <source>Synchronise the clock (chrony or ntpd), then run the check again.</source>
        <translation>同步时钟（chrony 或 ntpd），然后重新执行此项检查。</translation>
    </message>
    <message>
        <source>The package manager is free</source>
        <translation>软件包管理器未被占用</translation>
    </message>
    <message>
        <source>While another process holds the lock, the upgrade script cannot install packages and fails with the node stopped.</source>
        <translation>其他进程持有锁时，升级脚本无法安装软件包，会在节点已停止的状态下失败。</translation>
    </message>
    <message>
        <source>Nobody holds the lock of the package manager.</source>
        <translation>软件包管理器的锁未被占用。</translation>
    </message>
    <message>
        <source>The package manager is in use: %1.</source>
        <translation>软件包管理器正被占用：%1。</translation>
    </message>
    <message>
        <source>Wait for it, or switch off automatic updates for the time of the upgrade.</source>
        <translation>等待其完成，或在升级期间关闭自动更新。</translation>
    </message>
    <message>
        <source>There is room for the package</source>
        <translation>安装包空间充足</translation>
    </message>
    <message>
        <source>The archive is copied to /var/tmp on each host and unpacked there.</source>
        <translation>安装包会复制到各主机的 /var/tmp 并在其中解压。</translation>
    </message>
    <message>
        <source>%1 are needed in /var/tmp, %2 are free.</source>
        <translation>/var/tmp 需要 %1，可用 %2。</translation>
    </message>
    <message>
        <source>%1 are needed in /var/tmp, only %2 are free.</source>
        <translation>/var/tmp 需要 %1，可用仅 %2。</translation>
    </message>
    <message>
        <source>Free space on the file system of /var/tmp.</source>
        <translation>释放 /var/tmp 所在文件系统的空间。</translation>
    </message>
    <message>
        <source>There is room for the new version</source>
        <translation>新版本空间充足</translation>
    </message>
    <message>
        <source>The upgrade script removes the old packages first; if the new ones do not fit, the node is left without a program.</source>
        <translation>升级脚本先删除旧软件包；新软件包装不下时，节点上将没有可用的程序。</translation>
    </message>
    <message>
        <source>About %1 are needed in /usr/local, %2 are free.</source>
        <translation>/usr/local 约需 %1，可用 %2。</translation>
    </message>
    <message>
        <source>About %1 are needed in /usr/local, only %2 are free.</source>
        <translation>/usr/local 约需 %1，可用仅 %2。</translation>
    </message>
    <message>
        <source>Free space on the file system of /usr/local.</source>
        <translation>释放 /usr/local 所在文件系统的空间。</translation>
    </message>
    <message>
        <source>There is room for the cold copy</source>
        <translation>冷备份空间充足</translation>
    </message>
    <message>
        <source>The copy of the data directory is made while the node is stopped; running out of space makes the outage longer.</source>
        <translation>数据目录的冷备份在节点停止期间进行；空间不足会延长停机时间。</translation>
    </message>
    <message>
        <source>The copy needs up to %1; %2 are free beside the data.</source>
        <translation>冷备份最多需要 %1；数据所在位置可用 %2。</translation>
    </message>
    <message>
        <source>No cold copy is planned.</source>
        <translation>未计划冷备份。</translation>
    </message>
    <message>
        <source>The copy needs up to %1; only %2 are free beside the data.</source>
        <translation>冷备份最多需要 %1；数据所在位置可用仅 %2。</translation>
    </message>
    <message>
        <source>Choose a directory on another file system with enough room for the copies, or free space.</source>
        <translation>选择其他文件系统上空间充足的目录存放备份，或释放空间。</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>All replicas are healthy</source>
        <translation>所有副本正常</translation>
    </message>
    <message>
        <source>Data that lacks replicas now can become unavailable when the next node stops.</source>
        <translation>当前副本不足的数据，在下一个节点停止后可能不可用。</translation>
    </message>
    <message>
        <source>Ranges unavailable: %1, under-replicated: %2.</source>
        <translation>不可用 Range：%1，副本不足 Range：%2。</translation>
    </message>
    <message>
        <source>Ranges unavailable: %1. Every range has one replica by design, so the number of under-replicated ones (%2) says nothing.</source>
        <translation>不可用 Range：%1。每个 Range 按设计只有一个副本，因此副本不足的数量（%2）没有意义。</translation>
    </message>
    <message>
        <source>Ranges are unavailable: %1; under-replicated: %2.</source>
        <translation>存在不可用 Range：%1；副本不足：%2。</translation>
    </message>
    <message>
        <source>Bring back the nodes that hold their replicas. Do not stop any node before that.</source>
        <translation>恢复持有这些副本的节点。在此之前不要停止任何节点。</translation>
    </message>
    <message>
        <source>Ranges are under-replicated: %2; unavailable: %1.</source>
        <translation>存在副本不足的 Range：%2；不可用：%1。</translation>
    </message>
    <message>
        <source>Wait until the number is 0. If it stays, look for tables that ask for more replicas than there are nodes.</source>
        <translation>等待该数值降为 0。如果一直不降，检查是否有表要求的副本数超过节点数。</translation>
    </message>
    <message>
        <source>A majority of nodes remains when one stops</source>
        <translation>停止一个节点后仍有多数节点</translation>
    </message>
    <message>
        <source>Without a majority the cluster answers nobody; with one or two nodes every stop is an outage.</source>
        <translation>失去多数节点，集群将不响应任何请求；只有一两个节点时，任何停止都会中断服务。</translation>
    </message>
    <message>
        <source>Any one of the nodes (%1) can stop.</source>
        <translation>任意一个节点（%1）都可以停止。</translation>
    </message>
    <message>
        <source>The chosen method stops the service anyway.</source>
        <translation>所选升级方式本来就会停止服务。</translation>
    </message>
    <message>
        <source>The cluster (nodes: %2) would lose its majority when one of these stops: %1.</source>
        <translation>停止以下任一节点，集群（节点：%2）将失去多数：%1。</translation>
    </message>
    <message>
        <source>Add nodes or bring back those that are down. A cluster of one or two nodes can only be upgraded with an outage.</source>
        <translation>增加节点，或恢复已失效的节点。一两个节点的集群只能停机升级。</translation>
    </message>
    <message>
        <source>All data stays available when one node stops</source>
        <translation>停止一个节点后所有数据仍可用</translation>
    </message>
    <message>
        <source>A table may have fewer replicas than the cluster has nodes; its data is unavailable while its node is down.</source>
        <translation>表的副本数可能少于集群节点数；其节点停止期间，这些数据不可用。</translation>
    </message>
    <message>
        <source>Every range keeps a majority of its replicas, whichever node stops.</source>
        <translation>无论停止哪个节点，每个 Range 都保有多数副本。</translation>
    </message>
    <message>
        <source>Ranges would become unavailable when a node stops (host and number of ranges): %1.</source>
        <translation>停止节点会造成部分 Range 不可用（主机及 Range 数）：%1。</translation>
    </message>
    <message>
        <source>Give these tables three replicas, or wait until their missing replicas are made again.</source>
        <translation>将这些表的副本数设为三，或等待缺失的副本补齐。</translation>
    </message>
    <message>
        <source>Leaseholders are spread evenly</source>
        <translation>租约持有者分布均匀</translation>
    </message>
    <message>
        <source>The leases of a node must move before it stops; a node that holds most of them takes longer and disturbs more clients.</source>
        <translation>节点停止前必须转移其租约；持有大部分租约的节点耗时更长，影响的客户端也更多。</translation>
    </message>
    <message>
        <source>Leases by host: %1.</source>
        <translation>各主机的租约数：%1。</translation>
    </message>
    <message>
        <source>Leases are spread unevenly over the hosts: %1.</source>
        <translation>各主机的租约分布不均：%1。</translation>
    </message>
    <message>
        <source>Small clusters are never quite even. Otherwise wait for the rebalancing, or upgrade the busiest node at a quiet time.</source>
        <translation>小型集群不会完全均匀。其他情况等待重新均衡，或在业务低峰期升级最繁忙的节点。</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>The service is in a settled state</source>
        <translation>服务处于稳定状态</translation>
    </message>
    <message>
        <source>The upgrade stops nodes one after the other; a node that is down or changing already must be looked at first.</source>
        <translation>升级会逐个停止节点；已失效或状态正在变化的节点必须先处理。</translation>
    </message>
    <message>
        <source>The service is running (%1).</source>
        <translation>服务正在运行（%1）。</translation>
    </message>
    <message>
        <source>The service is changing its state (%1).</source>
        <translation>服务状态正在变化（%1）。</translation>
    </message>
    <message>
        <source>Wait until it runs or is stopped, then run the check again.</source>
        <translation>等待服务进入运行或停止状态，然后重新执行此项检查。</translation>
    </message>
    <message>
        <source>The service is not running (%1, last result %2).</source>
        <translation>服务未运行（%1，上次结果 %2）。</translation>
    </message>
    <message>
        <source>Bring the node back before the upgrade: look at journalctl -u kaiwudb, then start the service.</source>
        <translation>升级前恢复该节点：查看 journalctl -u kaiwudb，然后启动服务。</translation>
    </message>
    <message>
        <source>The service is not running (%1, last result %2). The upgrade starts it at the end.</source>
        <translation>服务未运行（%1，上次结果 %2）。升级结束时会启动服务。</translation>
    </message>
    <message>
        <source>Make sure that it was stopped on purpose and that it can be started.</source>
        <translation>确认服务是有意停止的，并且可以启动。</translation>
    </message>
    <message>
        <source>The unit file was changed, but systemd has not read it again; the next start will use the changed one.</source>
        <translation>单元文件已修改，但 systemd 尚未重新加载；下次启动将使用修改后的文件。</translation>
    </message>
    <message>
        <source>Check that the changed unit is right and run systemctl daemon-reload.</source>
        <translation>确认修改后的单元文件正确，然后执行 systemctl daemon-reload。</translation>
    </message>
    <message>
        <source>The service can be started again</source>
        <translation>服务可以再次启动</translation>
    </message>
    <message>
        <source>The 2.2.1 installer, run by an ordinary user, can write a unit that cannot start: after the first stop the node would not come back.</source>
        <translation>由普通用户执行的 2.2.1 安装程序可能写出无法启动的单元文件：节点停止后将无法恢复。</translation>
    </message>
    <message>
        <source>The commands of the unit can be run.</source>
        <translation>单元文件中的命令均可执行。</translation>
    </message>
    <message>
        <source>The line ExecStartPre of kaiwudb.service cannot be run: the path of sysctl is missing.</source>
        <translation>kaiwudb.service 的 ExecStartPre 行无法执行：缺少 sysctl 的路径。</translation>
    </message>
    <message>
        <source>Correct it to ExecStartPre=/usr/bin/sudo /usr/sbin/sysctl -w vm.max_map_count=10000000 and run systemctl daemon-reload.</source>
        <translation>改为 ExecStartPre=/usr/bin/sudo /usr/sbin/sysctl -w vm.max_map_count=10000000，然后执行 systemctl daemon-reload。</translation>
    </message>
    <message>
        <source>The service starts with the host</source>
        <translation>服务随主机启动</translation>
    </message>
    <message>
        <source>The vendor&apos;s installer does not enable the unit: when the host reboots during the upgrade, the node stays down.</source>
        <translation>官方安装程序不会启用服务单元：升级期间主机重启后，节点不会自动启动。</translation>
    </message>
    <message>
        <source>The unit is enabled.</source>
        <translation>服务单元已启用。</translation>
    </message>
    <message>
        <source>The unit is not enabled (%1): a reboot of the host does not bring the node back.</source>
        <translation>服务单元未启用（%1）：主机重启后节点不会自动恢复。</translation>
    </message>
    <message>
        <source>No earlier upgrade is unfinished</source>
        <translation>没有未完成的升级</translation>
    </message>
    <message>
        <source>A failed upgrade by the script&apos;s own branch for running nodes leaves the node marked as upgrading and a start argument behind.</source>
        <translation>用部署脚本的在线分支升级运行中的节点失败后，节点会停留在升级中标记，并残留一个启动参数。</translation>
    </message>
    <message>
        <source>No trace of an unfinished upgrade was found.</source>
        <translation>未发现未完成升级的痕迹。</translation>
    </message>
    <message>
        <source>The start argument --upgrade-complete is still set.</source>
        <translation>启动参数 --upgrade-complete 仍然存在。</translation>
    </message>
    <message>
        <source>Remove it from KAIWUDB_START_ARG in /etc/kaiwudb/script/kaiwudb_env; it hides that a node is marked as upgrading.</source>
        <translation>从 /etc/kaiwudb/script/kaiwudb_env 的 KAIWUDB_START_ARG 中删除该参数；它会掩盖节点被标记为升级中的状态。</translation>
    </message>
    <message>
        <source>Node %1 is live, but not available: it is marked as upgrading, or it has trouble with its liveness.</source>
        <translation>节点 %1 存活但不可用：被标记为升级中，或存活状态异常。</translation>
    </message>
    <message>
        <source>Restart the node once with KAIWUDB_START_ARG=&quot;--upgrade-complete&quot;, remove the argument again, then run the checks again.</source>
        <translation>以 KAIWUDB_START_ARG=&quot;--upgrade-complete&quot; 重启节点一次，再删除该参数，然后重新执行检查。</translation>
    </message>
    <message>
        <source>No other upgrade is under way</source>
        <translation>没有其他升级正在进行</translation>
    </message>
    <message>
        <source>Two upgrades of one cluster at the same time would stop two nodes at once.</source>
        <translation>对同一集群同时执行两次升级，会同时停止两个节点。</translation>
    </message>
    <message>
        <source>Nobody holds the lock on this host.</source>
        <translation>该主机的锁未被占用。</translation>
    </message>
    <message>
        <source>Another upgrade holds the lock on this host: %1.</source>
        <translation>该主机的锁被另一次升级占用：%1。</translation>
    </message>
    <message>
        <source>Make sure that clients use a load balancer or several addresses, before the first node stops.</source>
        <translation>在首个节点停止前，确认客户端使用负载均衡或配置了多个地址。</translation>
    </message>
    <message>
        <source>Run systemctl enable kaiwudb, or start the node by hand after a reboot.</source>
        <translation>执行 systemctl enable kaiwudb，或在主机重启后手动启动节点。</translation>
    </message>
    <message>
        <source>Ask the vendor for the way to this version, or give the reason for going it all the same in the settings of the method.</source>
        <translation>请向厂商询问升级到该版本的路径；若仍要升级，请在升级方式的设置中写明理由。</translation>
    </message>
    <message>
        <source>The vendor documents no upgrade from %1 to %2. It is done all the same, for this reason: %3</source>
        <translation>厂商没有记载从 %1 到 %2 的升级路径。仍按以下理由进行：%3</translation>
    </message>
    <message>
        <source>Make sure that the backup can be restored.</source>
        <translation>请确认备份可以恢复。</translation>
    </message>
    <message>
        <source>No node is running, so none can be asked. The upgrade does not need them to run.</source>
        <translation>没有节点在运行，因此无法查询。升级不需要节点处于运行状态。</translation>
    </message>
    <message>
        <source>This matters for containers of docker run and compose only.</source>
        <translation>仅与 docker run 和 compose 的容器有关。</translation>
    </message>
    <message>
        <source>What docker knows of the container could not be read.</source>
        <translation>无法读取 docker 中该容器的信息。</translation>
    </message>
    <message>
        <source>No image has been chosen.</source>
        <translation>尚未选择镜像。</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Docker can be used</source>
        <translation>可以使用 docker</translation>
    </message>
    <message>
        <source>The container is stopped, made and started by docker; the user needs the right to do that.</source>
        <translation>容器由 docker 停止、创建和启动，用户需要有相应权限。</translation>
    </message>
    <message>
        <source>The docker engine %1 answers.</source>
        <translation>docker 引擎 %1 有响应。</translation>
    </message>
    <message>
        <source>Docker Compose is installed</source>
        <translation>已安装 Docker Compose</translation>
    </message>
    <message>
        <source>The service is started from its compose file.</source>
        <translation>服务由其 compose 文件启动。</translation>
    </message>
    <message>
        <source>The command %1 is there.</source>
        <translation>存在命令 %1。</translation>
    </message>
    <message>
        <source>Neither docker-compose nor the compose plugin of docker is installed.</source>
        <translation>既未安装 docker-compose，也未安装 docker 的 compose 插件。</translation>
    </message>
    <message>
        <source>Install the program that started the service.</source>
        <translation>请安装启动该服务所用的程序。</translation>
    </message>
    <message>
        <source>The container was made by docker-compose %1, but only &quot;%2&quot; is installed. It may give the container another name.</source>
        <translation>容器由 docker-compose %1 创建，但主机上只有“%2”。它可能会给容器起另一个名称。</translation>
    </message>
    <message>
        <source>Install docker-compose of version 1, or make sure that the service has a container_name.</source>
        <translation>请安装 1.x 版本的 docker-compose，或确认服务设置了 container_name。</translation>
    </message>
    <message>
        <source>The data is not in the container itself</source>
        <translation>数据不在容器内部</translation>
    </message>
    <message>
        <source>A new container begins empty; what the old one holds in itself is lost with it.</source>
        <translation>新容器从空开始；旧容器内部的内容会随之丢失。</translation>
    </message>
    <message>
        <source>The data directory %1 lies on %2.</source>
        <translation>数据目录 %1 位于 %2。</translation>
    </message>
    <message>
        <source>The command of the container %1 does not tell its data directory.</source>
        <translation>容器 %1 的命令没有说明其数据目录。</translation>
    </message>
    <message>
        <source>Start the container with --store.</source>
        <translation>请使用 --store 启动容器。</translation>
    </message>
    <message>
        <source>The data directory %2 of the container %1 is not on a lasting mount.</source>
        <translation>容器 %1 的数据目录 %2 不在持久挂载上。</translation>
    </message>
    <message>
        <source>Allow the run to move the data onto the host (options mount-store and mount-directory).</source>
        <translation>请允许升级过程把数据移到主机上（选项 mount-store 和 mount-directory）。</translation>
    </message>
    <message>
        <source>The data directory %1 shall be moved onto the host, but no directory is given for it.</source>
        <translation>数据目录 %1 应移到主机上，但没有给出目标目录。</translation>
    </message>
    <message>
        <source>Enter an absolute directory that is empty or missing (option mount-directory).</source>
        <translation>请输入一个为空或不存在的绝对路径目录（选项 mount-directory）。</translation>
    </message>
    <message>
        <source>The data directory %1 will be copied to %2 on the host, compared and mounted from there.</source>
        <translation>数据目录 %1 将被复制到主机的 %2，比对后从该处挂载。</translation>
    </message>
    <message>
        <source>The container can be made again with the same settings</source>
        <translation>容器可以按相同设置重新创建</translation>
    </message>
    <message>
        <source>The new container shall differ in its image only.</source>
        <translation>新容器只应有镜像不同。</translation>
    </message>
    <message>
        <source>All settings of the container %1 can be set by docker run.</source>
        <translation>容器 %1 的所有设置都可由 docker run 设定。</translation>
    </message>
    <message>
        <source>Settings of the container %1 cannot be set by docker run: %2.</source>
        <translation>容器 %1 的下列设置无法由 docker run 设定：%2。</translation>
    </message>
    <message>
        <source>Start the container by hand without these settings, or upgrade it by hand.</source>
        <translation>请手动启动不带这些设置的容器，或手动升级。</translation>
    </message>
    <message>
        <source>The container does not remove itself</source>
        <translation>容器不会自行删除</translation>
    </message>
    <message>
        <source>A container that was started with --rm is gone with its anonymous volumes as soon as it stops; there is no way back then.</source>
        <translation>以 --rm 启动的容器一停止就会连同匿名卷一起消失，之后无法回退。</translation>
    </message>
    <message>
        <source>The container %1 stays after it has stopped.</source>
        <translation>容器 %1 停止后会保留。</translation>
    </message>
    <message>
        <source>The container %1 was started with --rm.</source>
        <translation>容器 %1 是以 --rm 启动的。</translation>
    </message>
    <message>
        <source>Make a backup, start the container by hand without --rm and with its data on a mount, then begin again.</source>
        <translation>请先备份，再手动启动不带 --rm 且数据在挂载上的容器，然后重新开始。</translation>
    </message>
    <message>
        <source>Only one container runs KWDB on the host</source>
        <translation>主机上只有一个容器运行 KWDB</translation>
    </message>
    <message>
        <source>With several of them it cannot be told which one is meant.</source>
        <translation>存在多个时无法判断指的是哪一个。</translation>
    </message>
    <message>
        <source>The container %1 is the only one.</source>
        <translation>只有容器 %1。</translation>
    </message>
    <message>
        <source>Besides %1, these containers run KWDB: %2.</source>
        <translation>除 %1 外，还有下列容器运行 KWDB：%2。</translation>
    </message>
    <message>
        <source>Stop the others, or upgrade by hand.</source>
        <translation>请停止其他容器，或手动升级。</translation>
    </message>
    <message>
        <source>The image in the compose file can be changed</source>
        <translation>compose 文件中的镜像可以修改</translation>
    </message>
    <message>
        <source>Only the image is changed; everything else in the file stays as it is.</source>
        <translation>只修改镜像，文件其余内容保持不变。</translation>
    </message>
    <message>
        <source>The image can be changed in %1.</source>
        <translation>可以在 %1 中修改镜像。</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>Change the file by hand so that the service names its image plainly, then begin again.</source>
        <translation>请手动修改文件，使服务直接写明其镜像，然后重新开始。</translation>
    </message>
    <message>
        <source>The new image has a name and a tag</source>
        <translation>新镜像有名称和标签</translation>
    </message>
    <message>
        <source>The container is made from a name; an image without one cannot be told from others.</source>
        <translation>容器按名称创建；没有名称的镜像无法与其他镜像区分。</translation>
    </message>
    <message>
        <source>The new image is %1.</source>
        <translation>新镜像为 %1。</translation>
    </message>
    <message>
        <source>Which image is to be used is not known. The archive holds: %1.</source>
        <translation>不清楚要使用哪个镜像。归档中包含：%1。</translation>
    </message>
    <message>
        <source>Enter the name and tag of the image (option image).</source>
        <translation>请输入镜像的名称和标签（选项 image）。</translation>
    </message>
    <message>
        <source>No containers of earlier upgrades are left</source>
        <translation>没有以前升级留下的容器</translation>
    </message>
    <message>
        <source>Old containers are kept until they are removed by hand; they hold disk space.</source>
        <translation>旧容器会保留到手动删除为止，并占用磁盘空间。</translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation>没有。</translation>
    </message>
    <message>
        <source>Kept from earlier upgrades: %1.</source>
        <translation>以前升级保留下来的容器：%1。</translation>
    </message>
    <message>
        <source>Remove them with docker rm when they are not needed any more.</source>
        <translation>不再需要时，请用 docker rm 删除。</translation>
    </message>
    <message>
        <source>The hosts get the image themselves; it is compared with the processor then.</source>
        <translation>镜像由主机自行获取，届时再与处理器架构比对。</translation>
    </message>
    <message>
        <source>Data to the new cluster</source>
        <translation>向新集群迁移数据</translation>
    </message>
    <message>
        <source>The new cluster is ready</source>
        <translation>新集群已就绪</translation>
    </message>
    <message>
        <source>The data is imported there, so all its nodes must be up with one version.</source>
        <translation>数据将导入新集群，因此其所有节点必须在线且版本一致。</translation>
    </message>
    <message>
        <source>Nodes of the new cluster: %1, all up, version %2.</source>
        <translation>新集群节点数：%1，全部在线，版本 %2。</translation>
    </message>
    <message>
        <source>No hosts of a new cluster are named.</source>
        <translation>尚未指定新集群的主机。</translation>
    </message>
    <message>
        <source>Install the new version on other hosts, add them to the list, and name them as the hosts of the new cluster.</source>
        <translation>在其他主机上安装新版本，将其加入列表，并指定为新集群的主机。</translation>
    </message>
    <message>
        <source>These hosts of the new cluster are not in the list: %1.</source>
        <translation>以下新集群主机不在列表中：%1。</translation>
    </message>
    <message>
        <source>Correct the names, or add the hosts to the list.</source>
        <translation>更正名称，或将主机加入列表。</translation>
    </message>
    <message>
        <source>Nodes of the new cluster are not up: %1.</source>
        <translation>新集群中有节点未在线：%1。</translation>
    </message>
    <message>
        <source>Start them, then run the discovery again.</source>
        <translation>启动这些节点，然后重新执行发现。</translation>
    </message>
    <message>
        <source>The nodes of the new cluster have different versions: %1.</source>
        <translation>新集群各节点版本不一致：%1。</translation>
    </message>
    <message>
        <source>Install one version on all of them.</source>
        <translation>在所有节点上安装同一版本。</translation>
    </message>
    <message>
        <source>The databases can be moved</source>
        <translation>数据库可以迁移</translation>
    </message>
    <message>
        <source>A database that exists on the new cluster cannot be imported.</source>
        <translation>新集群上已存在的数据库无法导入。</translation>
    </message>
    <message>
        <source>These databases are moved; none of them exists on the new cluster: %1.</source>
        <translation>将迁移以下数据库，新集群上均不存在：%1。</translation>
    </message>
    <message>
        <source>These databases are moved: %1. These are not: %2.</source>
        <translation>将迁移以下数据库：%1。以下数据库不迁移：%2。</translation>
    </message>
    <message>
        <source>These databases do not exist on the old cluster: %1.</source>
        <translation>旧集群上不存在以下数据库：%1。</translation>
    </message>
    <message>
        <source>Correct the names.</source>
        <translation>更正名称。</translation>
    </message>
    <message>
        <source>There is no database to move.</source>
        <translation>没有需要迁移的数据库。</translation>
    </message>
    <message>
        <source>Look whether the hosts of the old and of the new cluster are named the right way round.</source>
        <translation>检查新旧集群的主机是否填反。</translation>
    </message>
    <message>
        <source>These databases exist on the new cluster already: %1.</source>
        <translation>新集群上已存在以下数据库：%1。</translation>
    </message>
    <message>
        <source>Look what they hold. Remove them there, or name only the other databases to be moved.</source>
        <translation>查看其内容。在新集群上将其删除，或只指定其他需要迁移的数据库。</translation>
    </message>
    <message>
        <source>What the databases hold is known</source>
        <translation>数据库内容已知</translation>
    </message>
    <message>
        <source>What is not known cannot be made anew after the import, and is not missed.</source>
        <translation>未知的对象在导入后无法重建，也无法发现缺失。</translation>
    </message>
    <message>
        <source>All questions to the old cluster were answered.</source>
        <translation>旧集群已响应所有查询。</translation>
    </message>
    <message>
        <source>Questions that the old cluster did not answer: %1. The first one: %2</source>
        <translation>旧集群未响应的查询数：%1。第一条：%2</translation>
    </message>
    <message>
        <source>Compare these objects by hand after the run.</source>
        <translation>运行结束后手动比对这些对象。</translation>
    </message>
    <message>
        <source>What the export leaves out</source>
        <translation>导出中不包含的对象</translation>
    </message>
    <message>
        <source>EXPORT and IMPORT leave these out and say nothing.</source>
        <translation>EXPORT 和 IMPORT 不包含这些对象，且没有任何提示。</translation>
    </message>
    <message>
        <source>There is nothing that an export leaves out.</source>
        <translation>没有导出会遗漏的对象。</translation>
    </message>
    <message>
        <source>Foreign keys: %1, views: %2, sequences: %3, comments: %4, grants: %5. The plan makes them anew on the new cluster; what it does not accept is listed in the report.</source>
        <translation>外键：%1，视图：%2，序列：%3，注释：%4，授权：%5。计划会在新集群上重建这些对象；新集群不接受的对象列在报告中。</translation>
    </message>
    <message>
        <source>Passwords of users</source>
        <translation>用户密码</translation>
    </message>
    <message>
        <source>Passwords cannot be carried to another cluster.</source>
        <translation>密码无法迁移到其他集群。</translation>
    </message>
    <message>
        <source>No user has a password.</source>
        <translation>没有设置了密码的用户。</translation>
    </message>
    <message>
        <source>These users have a password that must be set again on the new cluster: %1.</source>
        <translation>以下用户设置了密码，必须在新集群上重新设置：%1。</translation>
    </message>
    <message>
        <source>Have new passwords at hand, and set them after the run.</source>
        <translation>准备好新密码，并在运行结束后设置。</translation>
    </message>
    <message>
        <source>Partition intervals of tables</source>
        <translation>表的分区间隔</translation>
    </message>
    <message>
        <source>From version 3.1 on, a table cannot have an interval of its own, and its definition is refused.</source>
        <translation>从 3.1 版本起，表不能单独设置分区间隔，带有该子句的表定义会被拒绝。</translation>
    </message>
    <message>
        <source>No definition has to be changed.</source>
        <translation>无需修改表定义。</translation>
    </message>
    <message>
        <source>Tables with PARTITION INTERVAL: %1. It is removed from their definitions, because version %2 does not accept it.</source>
        <translation>带有 PARTITION INTERVAL 的表：%1。版本 %2 不接受该子句，将从表定义中移除。</translation>
    </message>
    <message>
        <source>Space for the exported files</source>
        <translation>导出文件所需空间</translation>
    </message>
    <message>
        <source>The files of the largest export and their packed form lie on the data disks of one node of each cluster.</source>
        <translation>导出文件及其打包文件存放在每个集群中一个节点的数据盘上。</translation>
    </message>
    <message>
        <source>Both clusters have more free space than the data directory of the old one takes (%1 MiB).</source>
        <translation>两个集群的可用空间均大于旧集群数据目录的大小（%1 MiB）。</translation>
    </message>
    <message>
        <source>The free space could not be read.</source>
        <translation>无法读取可用空间。</translation>
    </message>
    <message>
        <source>Look at the free space of the data disks on both clusters.</source>
        <translation>检查两个集群数据盘的可用空间。</translation>
    </message>
    <message>
        <source>%1 has %2 MiB free; the data directory of the old cluster&apos;s node takes %3 MiB.</source>
        <translation>%1 的可用空间为 %2 MiB；旧集群节点的数据目录占用 %3 MiB。</translation>
    </message>
    <message>
        <source>Make space, or move fewer databases at a time.</source>
        <translation>清理空间，或分批迁移数据库。</translation>
    </message>
    <message>
        <source>Name of the export directory</source>
        <translation>导出目录名称</translation>
    </message>
    <message>
        <source>It is part of an address in SQL and of a path on two hosts. A directory that holds files is refused when the run begins to export.</source>
        <translation>该名称用于 SQL 地址和两台主机上的路径。运行开始导出时，如果目录中已有文件则会拒绝。</translation>
    </message>
    <message>
        <source>The name can be used.</source>
        <translation>名称可用。</translation>
    </message>
    <message>
        <source>The name cannot be used: %1.</source>
        <translation>名称不可用：%1。</translation>
    </message>
    <message>
        <source>Use letters, digits, underscores, points and hyphens only.</source>
        <translation>仅使用字母、数字、下划线、点和连字符。</translation>
    </message>
    <message>
        <source>No client writes to the old cluster</source>
        <translation>没有客户端写入旧集群</translation>
    </message>
    <message>
        <source>Tables are exported one after the other, each as it is at that moment.</source>
        <translation>各表依次导出，内容为导出当时的状态。</translation>
    </message>
    <message>
        <source>What clients write after the export of a table is not on the new cluster, and the comparison fails.</source>
        <translation>表导出之后客户端写入的数据不会出现在新集群上，比对会失败。</translation>
    </message>
    <message>
        <source>Stop all clients that write before the run, and do not start them against the old cluster again.</source>
        <translation>运行前停止所有写入的客户端，之后不要再让其连接旧集群。</translation>
    </message>
    <message>
        <source>High availability after the import</source>
        <translation>导入后的高可用性</translation>
    </message>
    <message>
        <source>The vendor&apos;s guide warns of it for this method.</source>
        <translation>厂商升级指南对此方法给出了该提示。</translation>
    </message>
    <message>
        <source>The high availability of the cluster may be affected after an upgrade by export and import.</source>
        <translation>使用导入导出升级方式升级后，集群的高可用性可能会受到影响。</translation>
    </message>
    <message>
        <source>Look at the replicas and their distribution on the new cluster after the run.</source>
        <translation>运行结束后查看新集群的副本及其分布。</translation>
    </message>
    <message>
        <source>The package (%2) is newer than the installed version (%1), so it is no way back.</source>
        <translation>安装包（%2）比已安装的版本（%1）新，不能用于退回。</translation>
    </message>
    <message>
        <source>Choose the archive of the version that was installed before.</source>
        <translation>选择之前安装的版本的安装包。</translation>
    </message>
    <message>
        <source>Going back</source>
        <translation>退回旧版本</translation>
    </message>
    <message>
        <source>There is a backup to go back to</source>
        <translation>有可用于退回的备份</translation>
    </message>
    <message>
        <source>Data that the new version has opened cannot be used by the old one; only a copy from before can.</source>
        <translation>新版本打开过的数据不能再由旧版本使用，只能使用升级前的备份。</translation>
    </message>
    <message>
        <source>In the run %1 the new version has not been started. The old packages are put back; the data stays as it is.</source>
        <translation>在运行 %1 中，新版本尚未启动。将装回旧软件包，数据保持不变。</translation>
    </message>
    <message>
        <source>The data is put back from the cold copy of %1. What was written since then is set aside.</source>
        <translation>将从 %1 的冷备份还原数据。此后写入的数据会另行保留。</translation>
    </message>
    <message>
        <source>Nothing is named to go back to.</source>
        <translation>未指定要退回到哪个备份。</translation>
    </message>
    <message>
        <source>Name the run whose cold copies are to be put back, or the directory of the copy.</source>
        <translation>指定要还原其冷备份的运行，或指定冷备份所在的目录。</translation>
    </message>
    <message>
        <source>What is named cannot be used. %1</source>
        <translation>指定的备份不可用。%1</translation>
    </message>
    <message>
        <source>Name another run or another directory.</source>
        <translation>指定其他运行或其他目录。</translation>
    </message>
    <message>
        <source>The new version was started already, and there is no cold copy of these hosts: %1.</source>
        <translation>新版本已启动过，但以下主机没有冷备份：%1。</translation>
    </message>
    <message>
        <source>Go on with the upgrade: a part of a cluster cannot go back to an earlier moment.</source>
        <translation>请继续升级：不能只把集群的一部分退回到较早的时刻。</translation>
    </message>
    <message>
        <source>The login survives the uninstallation</source>
        <translation>卸载后仍可登录</translation>
    </message>
    <message>
        <source>The uninstallation deletes the user of the service, its home and its right to sudo.</source>
        <translation>卸载会删除服务用户、其主目录及其 sudo 权限。</translation>
    </message>
    <message>
        <source>The login is not the user of the service (%1).</source>
        <translation>登录用户不是服务用户（%1）。</translation>
    </message>
    <message>
        <source>The wizard logs in as %1, the user that the uninstallation deletes.</source>
        <translation>当前以 %1 登录，而卸载会删除该用户。</translation>
    </message>
    <message>
        <source>Log in as another user.</source>
        <translation>改用其他用户登录。</translation>
    </message>
    <message>
        <source>The host is locked by the run %1, from which this one goes back. Its lock is taken over.</source>
        <translation>主机由运行 %1 锁定，本次运行正是从它退回，将接管其锁。</translation>
    </message>
    <message>
        <source>The cold copies of the run %1 were made one after the other while the other nodes went on working. Put back together they contradict each other: the cluster may not come up, or lose what was confirmed.</source>
        <translation>运行 %1 的冷备份是在其他节点继续工作时逐个制作的。把它们一起放回会相互矛盾：集群可能无法启动，或丢失已确认的数据。</translation>
    </message>
    <message>
        <source>Go on with the upgrade, or set up a new cluster of the old version and import an export made before.</source>
        <translation>请继续完成升级，或搭建一个旧版本的新集群并导入此前的导出数据。</translation>
    </message>
    <message>
        <source>Nodes are marked as upgrading: %1. Each is restarted once with --upgrade-complete before anything else.</source>
        <translation>以下节点被标记为升级中：%1。升级开始前会先带 --upgrade-complete 参数将其各重启一次。</translation>
    </message>
    <message>
        <source>Make sure that nobody upgrades these nodes at this moment.</source>
        <translation>请确认此刻没有其他人在升级这些节点。</translation>
    </message>
    <message>
        <source>Upgrade of running nodes</source>
        <translation>运行中节点的升级</translation>
    </message>
    <message>
        <source>The upgrade of running nodes is wanted</source>
        <translation>确实要在节点运行时升级</translation>
    </message>
    <message>
        <source>The vendor&apos;s guide stops each node first. What its script does on a running node is not in the guide and has risks of its own.</source>
        <translation>厂商指南要求先停止每个节点。脚本对运行中节点的处理不在指南之内，并有其自身的风险。</translation>
    </message>
    <message>
        <source>The upgrade of running nodes is wanted.</source>
        <translation>确实要在节点运行时升级。</translation>
    </message>
    <message>
        <source>The vendor&apos;s script restarts each node without a drain: clients can wait up to 18 seconds for each node. When it fails behind its first step, the node stays marked as upgrading and no other node can be upgraded before it is repaired. Nothing can be copied cold, and the data is open for the new version as soon as the script has restarted the node.</source>
        <translation>厂商脚本重启节点时不做排空：每个节点可能使客户端等待最多 18 秒。若脚本在第一步之后失败，节点会一直被标记为升级中，在修复之前无法升级其他节点。无法进行冷备份；脚本一旦重启节点，新版本就会打开数据。</translation>
    </message>
    <message>
        <source>Prefer the upgrade of one node after the other, which stops each node gracefully. If you know why you want this one, accept the risks with your reason.</source>
        <translation>建议选择逐个节点升级，该方式会平稳停止每个节点。如确有理由使用本方式，请填写理由并接受风险。</translation>
    </message>
    <message>
        <source>The backup needs no stopped node</source>
        <translation>备份不需要停止节点</translation>
    </message>
    <message>
        <source>A copy of the data of a running node cannot be used.</source>
        <translation>运行中节点的数据拷贝无法使用。</translation>
    </message>
    <message>
        <source>No cold copy is wanted.</source>
        <translation>未要求冷备份。</translation>
    </message>
    <message>
        <source>A cold copy is wanted, but this method stops no node.</source>
        <translation>要求进行冷备份，但本方式不停止任何节点。</translation>
    </message>
    <message>
        <source>Make a backup beforehand and name it, or choose the upgrade of one node after the other.</source>
        <translation>请事先备份并填写备份位置，或选择逐个节点升级。</translation>
    </message>
    <message>
        <source>The vendor&apos;s script finds its own node</source>
        <translation>厂商脚本能找到本节点</translation>
    </message>
    <message>
        <source>The script looks for the last line of /etc/kaiwudb/info/MODE among the addresses of the nodes; without a hit it cannot mark its node.</source>
        <translation>脚本用 /etc/kaiwudb/info/MODE 的最后一行在节点地址中查找；找不到就无法标记本节点。</translation>
    </message>
    <message>
        <source>The address %1 belongs to node %2.</source>
        <translation>地址 %1 属于节点 %2。</translation>
    </message>
    <message>
        <source>MODE names the address %1, but the node listens for SQL on %2.</source>
        <translation>MODE 中的地址为 %1，但节点的 SQL 监听地址为 %2。</translation>
    </message>
    <message>
        <source>Correct the last line of /etc/kaiwudb/info/MODE, or choose the upgrade of one node after the other.</source>
        <translation>请更正 /etc/kaiwudb/info/MODE 的最后一行，或选择逐个节点升级。</translation>
    </message>
    <message>
        <source>Several nodes have the address %1; the script would not know which one is its own.</source>
        <translation>多个节点使用地址 %1；脚本无法判断哪一个是本节点。</translation>
    </message>
    <message>
        <source>Choose the upgrade of one node after the other.</source>
        <translation>请选择逐个节点升级。</translation>
    </message>
    <message>
        <source>The vendor&apos;s script can change the start argument</source>
        <translation>厂商脚本能修改启动参数</translation>
    </message>
    <message>
        <source>The node is restarted with --upgrade-complete. The script inserts it only behind KAIWUDB_START_ARG=&quot; in /etc/kaiwudb/script/kaiwudb_env.</source>
        <translation>节点会带 --upgrade-complete 参数重启。脚本只会把它插入 /etc/kaiwudb/script/kaiwudb_env 中 KAIWUDB_START_ARG=&quot; 之后。</translation>
    </message>
    <message>
        <source>The line has the form that the script expects.</source>
        <translation>该行的格式符合脚本的要求。</translation>
    </message>
    <message>
        <source>The line KAIWUDB_START_ARG has no quotation marks or is missing: the script would leave the node marked as upgrading, and the node would be restarted a second time to repair that.</source>
        <translation>KAIWUDB_START_ARG 一行没有引号或不存在：脚本会使节点一直被标记为升级中，修复时节点需再重启一次。</translation>
    </message>
    <message>
        <source>Write the line as KAIWUDB_START_ARG=&quot;…&quot; to save the second restart.</source>
        <translation>请将该行写成 KAIWUDB_START_ARG=&quot;…&quot;，以免第二次重启。</translation>
    </message>
    <message>
        <source>Node %1 is marked as upgrading. The run restarts it once with --upgrade-complete before anything else.</source>
        <translation>节点 %1 被标记为升级中。升级开始前会先带 --upgrade-complete 参数将其重启一次。</translation>
    </message>
    <message>
        <source>Make sure that nobody upgrades this node at this moment. A value of server.time_until_store_dead from before that upgrade is lost: check it afterwards.</source>
        <translation>请确认此刻没有其他人在升级该节点。server.time_until_store_dead 在那次升级之前的值已丢失，请在升级后检查该设置。</translation>
    </message>
    <message>
        <source>The program is built or lies on the host itself; it is run there once before anything is stopped.</source>
        <translation>程序在主机上编译或已位于主机上；停止任何节点之前会先在该主机上运行一次加以验证。</translation>
    </message>
    <message>
        <source>Source build</source>
        <translation>源码编译</translation>
    </message>
    <message>
        <source>The server can be started again as it was</source>
        <translation>服务进程可以按原方式重新启动</translation>
    </message>
    <message>
        <source>Nothing but the running process itself tells how it was started: command line, directory, environment, user and limits.</source>
        <translation>只有正在运行的进程本身能说明其启动方式：命令行、工作目录、环境变量、用户和资源限制。</translation>
    </message>
    <message>
        <source>%1 was started as the user %2 by the unit %3, which starts it again.</source>
        <translation>%1 由单元 %3 以用户 %2 启动，升级后仍由该单元启动。</translation>
    </message>
    <message>
        <source>%1 was started by hand as the user %2. The run starts it again in the same way; a reboot of the host does not.</source>
        <translation>%1 由用户 %2 手动启动。升级任务会按相同方式重新启动；主机重启后不会自动启动。</translation>
    </message>
    <message>
        <source>This could not be read of the process %1 in /proc: %2.</source>
        <translation>无法从 /proc 读取进程 %1 的以下信息：%2。</translation>
    </message>
    <message>
        <source>Give the login the right to become root, and make sure that /proc shows all of the process to root (hidepid, containers).</source>
        <translation>请授予登录用户切换为 root 的权限，并确保 root 可以通过 /proc 查看该进程的全部信息（检查 hidepid 和容器限制）。</translation>
    </message>
    <message>
        <source>Servers of KWDB that run on this host: %1. Which one is meant cannot be told.</source>
        <translation>该主机上正在运行的 KWDB 服务进程数：%1，无法判断要升级哪一个。</translation>
    </message>
    <message>
        <source>Upgrade hosts with several nodes by hand.</source>
        <translation>请手动升级运行多个节点的主机。</translation>
    </message>
    <message>
        <source>The programs for the build are there</source>
        <translation>编译所需的程序已安装</translation>
    </message>
    <message>
        <source>The source tree is built on each host before anything is stopped.</source>
        <translation>停止任何节点之前，先在每台主机上编译源代码。</translation>
    </message>
    <message>
        <source>These programs are installed: %1.</source>
        <translation>已安装以下程序：%1。</translation>
    </message>
    <message>
        <source>These programs are not installed: %1.</source>
        <translation>未安装以下程序：%1。</translation>
    </message>
    <message>
        <source>Install what the vendor&apos;s build instructions name, or bring a finished build.</source>
        <translation>请按厂商编译文档安装所需程序，或提供已编译好的程序目录。</translation>
    </message>
    <message>
        <source>The step of the build looks for these programs before it begins: %1.</source>
        <translation>编译步骤开始前会检查以下程序：%1。</translation>
    </message>
    <message>
        <source>The build is finished; nothing is built on the hosts.</source>
        <translation>程序已编译完成，无需在主机上编译。</translation>
    </message>
    <message>
        <source>There is room for the build</source>
        <translation>编译所需的磁盘空间充足</translation>
    </message>
    <message>
        <source>The archive is unpacked and built in /var/tmp; a build takes several times the size of its tree.</source>
        <translation>归档在 /var/tmp 中解压并编译；编译需要数倍于源代码大小的空间。</translation>
    </message>
    <message>
        <source>About %1 are needed in /var/tmp, %2 are free.</source>
        <translation>/var/tmp 约需 %1，可用 %2。</translation>
    </message>
    <message>
        <source>About %1 are needed in /var/tmp, only %2 are free.</source>
        <translation>/var/tmp 约需 %1，仅可用 %2。</translation>
    </message>
    <message>
        <source>Free space on the file system of /var/tmp, or bring a finished build.</source>
        <translation>请释放 /var/tmp 所在文件系统的空间，或提供已编译好的程序目录。</translation>
    </message>
    <message>
        <source>There is room for a second program</source>
        <translation>可容纳第二份程序的磁盘空间充足</translation>
    </message>
    <message>
        <source>The old program is kept beside the new one.</source>
        <translation>旧程序保留在新程序旁。</translation>
    </message>
    <message>
        <source>At most %1 are needed beside the program, %2 are free.</source>
        <translation>程序所在位置最多需要 %1，可用 %2。</translation>
    </message>
    <message>
        <source>Up to %1 are needed beside the program, only %2 are free.</source>
        <translation>程序所在位置最多需要 %1，仅可用 %2。</translation>
    </message>
    <message>
        <source>Free space on the file system of the program.</source>
        <translation>请释放程序所在文件系统的空间。</translation>
    </message>
    <message>
        <source>The data directory is %1 in the container itself; no directory of the host is behind it.</source>
        <translation>数据目录为容器自身内的 %1，没有对应的主机目录。</translation>
    </message>
    <message>
        <source>Whether the run may move the data onto the host is asked below (store-on-mount).</source>
        <translation>是否允许本次升级把数据迁移到主机上，见下面的检查（store-on-mount）。</translation>
    </message>
    <message>
        <source>Docker starts the container again after a reboot of the host.</source>
        <translation>主机重启后，Docker 会重新启动该容器。</translation>
    </message>
    <message>
        <source>The restart policy of the container is %1: a reboot of the host does not bring the node back.</source>
        <translation>容器的重启策略为 %1：主机重启后该节点不会自动恢复。</translation>
    </message>
    <message>
        <source>Start the container by hand after a reboot, or give it a restart policy.</source>
        <translation>主机重启后手动启动该容器，或为其设置重启策略。</translation>
    </message>
    <message>
        <source>Resume or finish that upgrade first. If it is gone for good, take the lock over explicitly (kwdb-upgrade --take-over-lock).</source>
        <translation>先继续或完成该次升级。如果确认其已不存在，再明确接管锁（kwdb-upgrade --take-over-lock）。</translation>
    </message>
    <message>
        <source>The lock of another upgrade is taken over at the start: %1.</source>
        <translation>开始时将接管另一次升级的锁：%1。</translation>
    </message>
    <message>
        <source>Make sure that nobody goes on with that upgrade.</source>
        <translation>请确认没有人会继续该次升级。</translation>
    </message>
</context>
<context>
    <name>Container</name>
    <message>
        <source>The compose file %1 cannot be read: %2. Tabs are not allowed as indentation.</source>
        <translation>无法解析 compose 文件 %1：%2。缩进不允许使用制表符。</translation>
    </message>
    <message>
        <source>The compose files do not name the service %1.</source>
        <translation>compose 文件中没有服务 %1。</translation>
    </message>
    <message>
        <source>The compose files do not name an image for the service %1.</source>
        <translation>compose 文件没有为服务 %1 指定镜像。</translation>
    </message>
    <message>
        <source>The image in the compose file is shared with other services: %1.</source>
        <translation>compose 文件中的镜像值与其他服务共用：%1。</translation>
    </message>
    <message>
        <source>The compose file names the image %1, but the container was made from %2.</source>
        <translation>compose 文件中的镜像是 %1，但容器由 %2 创建。</translation>
    </message>
    <message>
        <source>The compose file %1 is written in a way that cannot be changed safely (line %2).</source>
        <translation>compose 文件 %1 的写法无法安全修改（第 %2 行）。</translation>
    </message>
    <message>
        <source>The compose file %1 cannot be written.</source>
        <translation>compose 文件 %1 不可写。</translation>
    </message>
    <message>
        <source>Settings of the container %1 cannot be set by docker run: %2.</source>
        <translation>容器 %1 的下列设置无法由 docker run 设定：%2。</translation>
    </message>
    <message>
        <source>The container %1 was started with --rm: as soon as it stops, it is gone with everything in it.</source>
        <translation>容器 %1 是以 --rm 启动的：一旦停止，容器及其中的全部内容都会消失。</translation>
    </message>
    <message>
        <source>The data directory %2 of the container %1 is not on a lasting mount: a new container would begin without data.</source>
        <translation>容器 %1 的数据目录 %2 不在持久挂载上：新容器启动时将没有数据。</translation>
    </message>
    <message>
        <source>The data directory of the container %1 is not known: its command has no --store.</source>
        <translation>不清楚容器 %1 的数据目录：其命令没有 --store。</translation>
    </message>
    <message>
        <source>The data shall be moved onto the host, but no directory is given for it (option &quot;mount-directory&quot;).</source>
        <translation>数据应移到主机上，但没有给出目录（选项“mount-directory”）。</translation>
    </message>
    <message>
        <source>Neither docker-compose nor the compose plugin of docker is installed.</source>
        <translation>既未安装 docker-compose，也未安装 docker 的 compose 插件。</translation>
    </message>
    <message>
        <source>No name and tag of the new image is known.</source>
        <translation>不清楚新镜像的名称和标签。</translation>
    </message>
    <message>
        <source>What docker knows of the container could not be read.</source>
        <translation>无法读取 docker 中该容器的信息。</translation>
    </message>
    <message>
        <source>Several containers on the host run KWDB: %1, %2. Which one is meant cannot be told.</source>
        <translation>主机上有多个容器运行 KWDB：%1、%2。无法判断指的是哪一个。</translation>
    </message>
</context>
<context>
    <name>Discovery</name>
    <message>
        <source>there is no installation below /etc/kaiwudb, no container and no process</source>
        <translation>/etc/kaiwudb 下没有安装，也没有容器和进程</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>The host cannot be reached: %1.</source>
        <translation>主机无法连接：%1。</translation>
    </message>
    <message>
        <source>Check the address and port, the network and the firewall, and that sshd runs on the host.</source>
        <translation>检查地址和端口、网络和防火墙，以及主机上的 sshd 是否运行。</translation>
    </message>
    <message>
        <source>The host did not answer within %1 seconds.</source>
        <translation>主机在 %1 秒内没有响应。</translation>
    </message>
    <message>
        <source>Check the network and the firewall between this computer and the host, then try again.</source>
        <translation>检查本机与主机之间的网络和防火墙，然后重试。</translation>
    </message>
    <message>
        <source>The connection to the host was lost.</source>
        <translation>与主机的连接已断开。</translation>
    </message>
    <message>
        <source>What was started on the host goes on there. Try again; the program looks at the host before it does anything.</source>
        <translation>已在主机上启动的操作会继续执行。可以重试；程序会先查看主机状态再操作。</translation>
    </message>
    <message>
        <source>The host has not sent anything for %1 seconds.</source>
        <translation>主机已 %1 秒没有发送任何数据。</translation>
    </message>
    <message>
        <source>The host or the network may hang. Check the host&apos;s console, then try again.</source>
        <translation>主机或网络可能已挂起。查看主机控制台，然后重试。</translation>
    </message>
    <message>
        <source>The server at this address cannot be used: %1.</source>
        <translation>该地址上的服务器无法使用：%1。</translation>
    </message>
    <message>
        <source>Check that the port belongs to an SSH server and that it allows one of the algorithms this program accepts.</source>
        <translation>检查该端口是否为 SSH 服务，以及是否支持本程序接受的算法。</translation>
    </message>
    <message>
        <source>The host shows a %1 key that is not known: %2.</source>
        <translation>主机出示了未知的 %1 密钥：%2。</translation>
    </message>
    <message>
        <source>Compare the fingerprint with the one shown on the host&apos;s console by ssh-keygen -lf, then confirm it.</source>
        <translation>与在主机控制台上用 ssh-keygen -lf 显示的指纹比对，然后确认。</translation>
    </message>
    <message>
        <source>The host shows another key (%1, %2) than the one stored in %3. Somebody may be intercepting the connection, or the host was reinstalled.</source>
        <translation>主机出示的密钥（%1，%2）与 %3 中保存的不同。连接可能被截获，或主机已重装。</translation>
    </message>
    <message>
        <source>Ask the host&apos;s administrator. If the change is right, remove the old line from the file named above, then connect again.</source>
        <translation>向主机管理员核实。如果变更属实，从上述文件中删除旧行，然后重新连接。</translation>
    </message>
    <message>
        <source>The host shows a key that is marked as revoked in %1.</source>
        <translation>主机出示的密钥在 %1 中被标记为已吊销。</translation>
    </message>
    <message>
        <source>Do not log in to this host. Ask its administrator for a new host key.</source>
        <translation>不要登录该主机。请其管理员提供新的主机密钥。</translation>
    </message>
    <message>
        <source>The file of known hosts %1 cannot be used: %2.</source>
        <translation>已知主机文件 %1 无法使用：%2。</translation>
    </message>
    <message>
        <source>Correct the file or its permissions, then connect again.</source>
        <translation>更正文件或其权限，然后重新连接。</translation>
    </message>
    <message>
        <source>The login as %1 by %2 was refused. The server accepts: %3.</source>
        <translation>用户 %1 以 %2 方式登录被拒绝。服务器接受的方式：%3。</translation>
    </message>
    <message>
        <source>Check the user name and the password or key, or choose another way to log in.</source>
        <translation>检查用户名和密码或密钥，或改用其他登录方式。</translation>
    </message>
    <message>
        <source>The password of %1 has expired and must be changed before anybody can log in with it.</source>
        <translation>用户 %1 的密码已过期，必须修改后才能登录。</translation>
    </message>
    <message>
        <source>Log in on a terminal and change the password, or choose keyboard-interactive and change it here.</source>
        <translation>在终端登录并修改密码，或选择键盘交互方式在此处修改。</translation>
    </message>
    <message>
        <source>The key file %1 cannot be used: %2.</source>
        <translation>密钥文件 %1 无法使用：%2。</translation>
    </message>
    <message>
        <source>Choose the private key file (not the .pub file) and check that it can be read.</source>
        <translation>选择私钥文件（不是 .pub 文件），并确认其可读。</translation>
    </message>
    <message>
        <source>The key file %1 is encrypted and needs its passphrase.</source>
        <translation>密钥文件 %1 已加密，需要密钥口令。</translation>
    </message>
    <message>
        <source>Enter the passphrase of the key.</source>
        <translation>输入密钥口令。</translation>
    </message>
    <message>
        <source>The passphrase for the key file %1 is wrong.</source>
        <translation>密钥文件 %1 的口令错误。</translation>
    </message>
    <message>
        <source>Enter the passphrase again.</source>
        <translation>重新输入密钥口令。</translation>
    </message>
    <message>
        <source>The SSH agent cannot be used: %1.</source>
        <translation>SSH 代理无法使用：%1。</translation>
    </message>
    <message>
        <source>Start an agent and add the key with ssh-add, or choose a key file or a password.</source>
        <translation>启动代理并用 ssh-add 添加密钥，或改用密钥文件或密码。</translation>
    </message>
    <message>
        <source>The jump host %1 did not open a connection to the host: %2.</source>
        <translation>跳板机 %1 未能建立到主机的连接：%2。</translation>
    </message>
    <message>
        <source>Check the login to the jump host and that it may forward TCP connections.</source>
        <translation>检查跳板机的登录，以及是否允许转发 TCP 连接。</translation>
    </message>
    <message>
        <source>The command sudo does not exist on the host, and the login user is not root.</source>
        <translation>主机上没有 sudo 命令，且登录用户不是 root。</translation>
    </message>
    <message>
        <source>Log in as root, or install sudo. The vendor&apos;s script needs sudo even for root.</source>
        <translation>以 root 登录，或安装 sudo。部署脚本即使以 root 运行也需要 sudo。</translation>
    </message>
    <message>
        <source>The password for sudo was refused.</source>
        <translation>sudo 密码被拒绝。</translation>
    </message>
    <message>
        <source>Enter the password of the login user for sudo.</source>
        <translation>输入登录用户的 sudo 密码。</translation>
    </message>
    <message>
        <source>The login user %1 needs a password for sudo.</source>
        <translation>登录用户 %1 执行 sudo 需要密码。</translation>
    </message>
    <message>
        <source>Enter the sudo password for this host.</source>
        <translation>输入该主机的 sudo 密码。</translation>
    </message>
    <message>
        <source>The login user %1 may not become root with sudo.</source>
        <translation>登录用户 %1 无权通过 sudo 成为 root。</translation>
    </message>
    <message>
        <source>Use another user, or ask the administrator to allow sudo for this user.</source>
        <translation>换用其他用户，或请管理员授予该用户 sudo 权限。</translation>
    </message>
    <message>
        <source>The command ended with exit code %2.</source>
        <translation>命令结束，退出码为 %2。</translation>
    </message>
    <message>
        <source>Read its output below.</source>
        <translation>查看下方的输出。</translation>
    </message>
    <message>
        <source>The command was ended by signal %2.</source>
        <translation>命令被信号 %2 终止。</translation>
    </message>
    <message>
        <source>Find out on the host who ended it, then try again.</source>
        <translation>在主机上查明终止来源，然后重试。</translation>
    </message>
    <message>
        <source>The command had not ended after %2 seconds.</source>
        <translation>命令在 %2 秒后仍未结束。</translation>
    </message>
    <message>
        <source>The host may be overloaded. Look at the host, then try again.</source>
        <translation>主机可能过载。检查主机，然后重试。</translation>
    </message>
    <message>
        <source>The output of a command was not understood.</source>
        <translation>无法识别命令的输出。</translation>
    </message>
    <message>
        <source>Look at the raw text. If it is right, report it to the makers of this program.</source>
        <translation>查看原始文本。如果文本正确，请反馈给本程序的开发者。</translation>
    </message>
    <message>
        <source>The file %1 could not be uploaded: %2.</source>
        <translation>文件 %1 上传失败：%2。</translation>
    </message>
    <message>
        <source>Check the free space and the rights on the staging directory, then try again. The upload goes on where it stopped.</source>
        <translation>检查暂存目录的可用空间和权限，然后重试。上传会从中断处继续。</translation>
    </message>
    <message>
        <source>The file %1 on the host is not the same as here (SHA-256 %3 instead of %2).</source>
        <translation>主机上的文件 %1 与本地不一致（SHA-256 应为 %2，实为 %3）。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, check the disk of the host.</source>
        <translation>重试。如再次出现，检查主机的磁盘。</translation>
    </message>
    <message>
        <source>There is not enough space in %1: %2 bytes are needed, %3 are free.</source>
        <translation>%1 空间不足：需要 %2 字节，可用 %3 字节。</translation>
    </message>
    <message>
        <source>Free some space on the host or choose another directory.</source>
        <translation>释放主机空间，或选择其他目录。</translation>
    </message>
    <message>
        <source>The file or directory %1 on the host cannot be used: %2.</source>
        <translation>主机上的文件或目录 %1 无法使用：%2。</translation>
    </message>
    <message>
        <source>Check that it exists and its permissions.</source>
        <translation>检查其是否存在以及权限。</translation>
    </message>
    <message>
        <source>The command %1 on the host was lost (%2). It may have done only part of its work.</source>
        <translation>主机上的命令 %1 已丢失（%2），可能只执行了一部分。</translation>
    </message>
    <message>
        <source>Read the state of the node below before you choose what to do.</source>
        <translation>选择处理方式之前，先查看下方的节点状态。</translation>
    </message>
    <message>
        <source>The operation was cancelled.</source>
        <translation>操作已取消。</translation>
    </message>
    <message>
        <source>Start it again when you are ready.</source>
        <translation>准备好后重新开始。</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>文件 %1 无法读取：%2。</translation>
    </message>
    <message>
        <source>Check the path and the permissions.</source>
        <translation>检查路径和权限。</translation>
    </message>
    <message>
        <source>The file %1 cannot be written: %2.</source>
        <translation>文件 %1 无法写入：%2。</translation>
    </message>
    <message>
        <source>Check the path, the permissions and the free space.</source>
        <translation>检查路径、权限和可用空间。</translation>
    </message>
    <message>
        <source>The profile %1 is not valid in line %2: %3.</source>
        <translation>配置文件 %1 第 %2 行无效：%3。</translation>
    </message>
    <message>
        <source>Correct the line. The README describes every key.</source>
        <translation>更正该行。各配置项的说明见 README。</translation>
    </message>
    <message>
        <source>The file %1 cannot be imported, line %2: %3.</source>
        <translation>文件 %1 无法导入，第 %2 行：%3。</translation>
    </message>
    <message>
        <source>Correct the line or remove it.</source>
        <translation>更正或删除该行。</translation>
    </message>
    <message>
        <source>The command line is not valid: %1.</source>
        <translation>命令行无效：%1。</translation>
    </message>
    <message>
        <source>Run the program with --help.</source>
        <translation>用 --help 查看用法。</translation>
    </message>
    <message>
        <source>The archive %1 cannot be read: %2.</source>
        <translation>安装包 %1 无法读取：%2。</translation>
    </message>
    <message>
        <source>Choose a release archive (.tar.gz) of KWDB.</source>
        <translation>选择 KWDB 的安装包（.tar.gz）。</translation>
    </message>
    <message>
        <source>The archive %1 is cut off or damaged: %2.</source>
        <translation>安装包 %1 被截断或已损坏：%2。</translation>
    </message>
    <message>
        <source>Get the archive again and compare its checksum with the vendor&apos;s.</source>
        <translation>重新获取安装包，并与厂商提供的校验值比对。</translation>
    </message>
    <message>
        <source>The archive contains the entry %1, which is not allowed: %2.</source>
        <translation>安装包中含有不允许的条目 %1：%2。</translation>
    </message>
    <message>
        <source>Do not use this archive. Get the original from the vendor.</source>
        <translation>不要使用该安装包。从厂商处获取原始安装包。</translation>
    </message>
    <message>
        <source>The archive would need %1 bytes unpacked, which is more than a release archive can have.</source>
        <translation>安装包解压后需要 %1 字节，超出安装包可能的大小。</translation>
    </message>
    <message>
        <source>The package is not complete: %1 is missing.</source>
        <translation>安装包不完整：缺少 %1。</translation>
    </message>
    <message>
        <source>Get the complete release archive from the vendor.</source>
        <translation>从厂商处获取完整的安装包。</translation>
    </message>
    <message>
        <source>The package holds more than one file for %1: %2.</source>
        <translation>安装包中有多个 %1 文件：%2。</translation>
    </message>
    <message>
        <source>The vendor&apos;s script cannot handle this. Get the original release archive.</source>
        <translation>部署脚本无法处理这种情况。获取原始安装包。</translation>
    </message>
    <message>
        <source>The package does not say which version it is: packages/.version is missing or empty.</source>
        <translation>安装包未注明版本：packages/.version 缺失或为空。</translation>
    </message>
    <message>
        <source>Get the complete release archive. Unpacking with * and packing again loses this hidden file.</source>
        <translation>获取完整的安装包。用 * 解包后重新打包会丢失这个隐藏文件。</translation>
    </message>
    <message>
        <source>The package says it is version %1, but it holds %2 of version %3.</source>
        <translation>安装包标明版本 %1，但其中的 %2 为版本 %3。</translation>
    </message>
    <message>
        <source>Do not use this archive: it was put together from two releases. Get the original from the vendor.</source>
        <translation>不要使用该安装包：它由两个版本拼成。从厂商处获取原始安装包。</translation>
    </message>
    <message>
        <source>The package is built for %1, the host is %2.</source>
        <translation>安装包适用于 %1，主机为 %2。</translation>
    </message>
    <message>
        <source>Get the package for the architecture of the host.</source>
        <translation>获取适用于主机架构的安装包。</translation>
    </message>
    <message>
        <source>The package is of the kind %1, the installation is of the kind %2.</source>
        <translation>安装包类型：%1；现有安装方式：%2。两者不符。</translation>
    </message>
    <message>
        <source>Get the package that fits the way KWDB was installed.</source>
        <translation>获取与 KWDB 安装方式相符的安装包。</translation>
    </message>
    <message>
        <source>KWDB is not installed on the host.</source>
        <translation>主机未安装 KWDB。</translation>
    </message>
    <message>
        <source>Remove the host from the list, or install KWDB first.</source>
        <translation>从列表中移除该主机，或先安装 KWDB。</translation>
    </message>
    <message>
        <source>The host answers but shows no KWDB: %1.</source>
        <translation>主机有响应，但未发现 KWDB：%1。</translation>
    </message>
    <message>
        <source>Check the address, or remove the host from the list.</source>
        <translation>检查地址，或从列表中移除该主机。</translation>
    </message>
    <message>
        <source>The file %1 is not valid in line %2.</source>
        <translation>文件 %1 第 %2 行无效。</translation>
    </message>
    <message>
        <source>Compare it with the file of another node and correct it.</source>
        <translation>与其他节点上的同名文件比对并更正。</translation>
    </message>
    <message>
        <source>The node does not tell the status of the cluster.</source>
        <translation>节点未返回集群状态。</translation>
    </message>
    <message>
        <source>Check that the service runs and that the cluster has a majority of its nodes.</source>
        <translation>检查服务是否运行，以及集群是否有多数节点存活。</translation>
    </message>
    <message>
        <source>The database refused a statement: %1.</source>
        <translation>数据库拒绝了语句：%1。</translation>
    </message>
    <message>
        <source>Read the database&apos;s answer below.</source>
        <translation>查看下方的数据库返回信息。</translation>
    </message>
    <message>
        <source>The hosts %1 and %3 belong to two clusters (%2 and %4).</source>
        <translation>主机 %1 和 %3 属于两个不同的集群（%2 和 %4）。</translation>
    </message>
    <message>
        <source>Upgrade one cluster at a time: remove the hosts of the other one.</source>
        <translation>每次只升级一个集群：移除另一集群的主机。</translation>
    </message>
    <message>
        <source>The addresses %1 and %2 are the same host (%3).</source>
        <translation>地址 %1 和 %2 是同一台主机（%3）。</translation>
    </message>
    <message>
        <source>Remove one of them.</source>
        <translation>移除其中一个。</translation>
    </message>
    <message>
        <source>It is not known which node of the cluster runs on the host %1.</source>
        <translation>无法确定主机 %1 上运行的是集群的哪个节点。</translation>
    </message>
    <message>
        <source>Check the advertised address in the start command of the service.</source>
        <translation>检查服务启动命令中的通告地址。</translation>
    </message>
    <message>
        <source>The upgrade from %1 to %2 is not documented by the vendor.</source>
        <translation>厂商文档不支持从 %1 升级到 %2。</translation>
    </message>
    <message>
        <source>Use a documented path, if necessary in several hops, or ask the vendor.</source>
        <translation>采用文档支持的路径，必要时分多步升级，或咨询厂商。</translation>
    </message>
    <message>
        <source>This upgrade method cannot be used here: %1</source>
        <translation>此处不能使用该升级方式：%1</translation>
    </message>
    <message>
        <source>Choose another method.</source>
        <translation>选择其他升级方式。</translation>
    </message>
    <message>
        <source>Correct what the checks name, then run them again.</source>
        <translation>处理检查指出的问题，然后重新执行检查。</translation>
    </message>
    <message>
        <source>There is no answer to the question for a backup.</source>
        <translation>尚未答复备份问题。</translation>
    </message>
    <message>
        <source>Make a backup, name one, or say in writing that you go without.</source>
        <translation>创建备份、指定已有备份，或书面声明不做备份。</translation>
    </message>
    <message>
        <source>The journal %1 cannot be written: %2. Without a journal nothing is changed on any host.</source>
        <translation>运行日志 %1 无法写入：%2。没有运行日志，不会更改任何主机。</translation>
    </message>
    <message>
        <source>Free some space or correct the permissions on this computer, then resume.</source>
        <translation>释放本机空间或更正权限，然后继续升级。</translation>
    </message>
    <message>
        <source>The journal %1 was changed or damaged at entry %2.</source>
        <translation>运行日志 %1 在第 %2 条处被修改或损坏。</translation>
    </message>
    <message>
        <source>Do not resume this run. Look at the hosts and start a new run.</source>
        <translation>不要继续本次升级。检查各主机，然后新建升级。</translation>
    </message>
    <message>
        <source>The journal %1 was written by another version of this program (%2).</source>
        <translation>运行日志 %1 由本程序的其他版本（%2）写入。</translation>
    </message>
    <message>
        <source>Use the version that wrote it.</source>
        <translation>使用写入该日志的版本。</translation>
    </message>
    <message>
        <source>There is no run %1.</source>
        <translation>升级运行 %1 不存在。</translation>
    </message>
    <message>
        <source>List the runs with the command status.</source>
        <translation>用 status 命令列出所有升级运行。</translation>
    </message>
    <message>
        <source>Another wizard works on this host: %1 on %2, since %3.</source>
        <translation>另一个向导正在操作该主机：%1（%2），自 %3 起。</translation>
    </message>
    <message>
        <source>Ask that person. If that run is over, take the lock over; this is recorded.</source>
        <translation>联系该操作人。如果该次升级已结束，接管锁；接管会被记录。</translation>
    </message>
    <message>
        <source>The node had not stopped after %1 seconds.</source>
        <translation>节点在 %1 秒后仍未停止。</translation>
    </message>
    <message>
        <source>Read the choices: waiting longer is safe, ending it by force makes clients wait.</source>
        <translation>阅读各选项：继续等待是安全的，强制结束会使客户端等待。</translation>
    </message>
    <message>
        <source>The node could not be stopped.</source>
        <translation>节点无法停止。</translation>
    </message>
    <message>
        <source>Look at the service on the host, then retry.</source>
        <translation>检查主机上的服务，然后重试。</translation>
    </message>
    <message>
        <source>The upgrade script failed: %1</source>
        <translation>升级脚本失败：%1</translation>
    </message>
    <message>
        <source>Read the cause, correct it on the host, then retry. The script can be run again.</source>
        <translation>查看原因，在主机上处理后重试。脚本可以再次执行。</translation>
    </message>
    <message>
        <source>The upgrade script ended without an error but has not upgraded the node.</source>
        <translation>升级脚本正常结束，但节点未升级。</translation>
    </message>
    <message>
        <source>Look at the output of the script. Retry only when the cause is known.</source>
        <translation>查看脚本输出。查明原因后再重试。</translation>
    </message>
    <message>
        <source>After the upgrade script the package %1 is in the state &quot;%2&quot;.</source>
        <translation>升级脚本结束后，软件包 %1 的状态为“%2”。</translation>
    </message>
    <message>
        <source>Correct the cause (see the output), then retry: the script repairs this state.</source>
        <translation>处理原因（见输出），然后重试：脚本会修复该状态。</translation>
    </message>
    <message>
        <source>The node shows version %2 instead of %1 (read from %3).</source>
        <translation>节点版本为 %2，应为 %1（读自 %3）。</translation>
    </message>
    <message>
        <source>Look at the output of the upgrade script, then retry.</source>
        <translation>查看升级脚本的输出，然后重试。</translation>
    </message>
    <message>
        <source>The service could not be started.</source>
        <translation>服务无法启动。</translation>
    </message>
    <message>
        <source>Read the service&apos;s log below, correct the cause, then retry.</source>
        <translation>查看下方的服务日志，处理原因后重试。</translation>
    </message>
    <message>
        <source>The service ended %1 seconds after its start.</source>
        <translation>服务在启动 %1 秒后退出。</translation>
    </message>
    <message>
        <source>Look at the node&apos;s log. You can keep waiting; no other node is touched meanwhile.</source>
        <translation>查看节点日志。可以继续等待，其间不会操作其他节点。</translation>
    </message>
    <message>
        <source>The replicas have not recovered after %1 seconds: %2 before the run, %3 now.</source>
        <translation>副本在 %1 秒后仍未恢复：升级前 %2，现在 %3。</translation>
    </message>
    <message>
        <source>Keep waiting as long as the number falls. No other node is touched meanwhile.</source>
        <translation>只要数值在下降就继续等待。其间不会操作其他节点。</translation>
    </message>
    <message>
        <source>Another node is down: %1. The next node is not stopped, because the cluster would lose more than one node.</source>
        <translation>另一个节点失效：%1。不会停止下一个节点，否则集群会失去一个以上的节点。</translation>
    </message>
    <message>
        <source>Bring that node back, then retry.</source>
        <translation>恢复该节点，然后重试。</translation>
    </message>
    <message>
        <source>The cluster is worse than before the run: %1.</source>
        <translation>集群状态比升级前差：%1。</translation>
    </message>
    <message>
        <source>Find the cause before any other node is stopped, then retry.</source>
        <translation>查明原因之前不要停止其他节点，然后重试。</translation>
    </message>
    <message>
        <source>The cluster setting %1 could not be put back to %2.</source>
        <translation>集群设置 %1 无法恢复为 %2。</translation>
    </message>
    <message>
        <source>Set it by hand with SET CLUSTER SETTING when the cluster answers.</source>
        <translation>集群能响应后，用 SET CLUSTER SETTING 手动设置。</translation>
    </message>
    <message>
        <source>The backup of the node failed: %1.</source>
        <translation>节点备份失败：%1。</translation>
    </message>
    <message>
        <source>Correct the cause, then retry. The node is stopped and unchanged.</source>
        <translation>处理原因后重试。节点已停止，尚未更改。</translation>
    </message>
    <message>
        <source>The host is not in the state this step needs: expected %1, found %2.</source>
        <translation>主机不处于此步骤要求的状态。应为：%1；实为：%2。</translation>
    </message>
    <message>
        <source>Look at the host, then retry.</source>
        <translation>检查主机，然后重试。</translation>
    </message>
    <message>
        <source>An internal error: %1.</source>
        <translation>内部错误：%1。</translation>
    </message>
    <message>
        <source>Report it to the makers of this program, with the log.</source>
        <translation>请连同日志反馈给本程序的开发者。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 is a host, %2 a complete sentence about it</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Checks do not allow the upgrade: %1.</source>
        <translation>检查不允许升级，项数：%1。</translation>
    </message>
    <message>
        <source>No matching run was found on this computer.</source>
        <translation>本机上没有符合条件的升级运行。</translation>
    </message>
    <message>
        <source>Start an upgrade, or name a run with --run or the directory of the runs with --data-dir.</source>
        <translation>新建升级，或用 --run 指定升级运行，或用 --data-dir 指定其目录。</translation>
    </message>
    <message>
        <source>The run %1 is over and cannot be resumed.</source>
        <translation>升级运行 %1 已结束，无法继续。</translation>
    </message>
    <message>
        <source>Start a new upgrade if one is needed.</source>
        <translation>如有需要，新建升级。</translation>
    </message>
    <message>
        <source>The node was not back in the cluster after %1 seconds. %2</source>
        <translation>节点在 %1 秒后仍未重新加入集群。%2</translation>
    </message>
    <message>
        <source>The step did not reach its goal. %1</source>
        <translation>该步骤没有达到目标。%1</translation>
    </message>
    <message>
        <source>Read the raw output, correct the cause on the host, then retry.</source>
        <translation>请查看原始输出，在主机上排除原因后重试。</translation>
    </message>
    <message>
        <source>It is not possible to go back with this backup. %1</source>
        <translation>无法使用此备份退回。%1</translation>
    </message>
    <message>
        <source>Nothing has been changed. Name another run or another directory, or ask the vendor.</source>
        <translation>未做任何更改。请指定其他运行或其他目录，或咨询厂商。</translation>
    </message>
    <message>
        <source>The file %2 names the image %1, which is not the wanted one or is not on the host.</source>
        <translation>文件 %2 中的镜像为 %1，它不是所需的镜像，或者主机上没有该镜像。</translation>
    </message>
    <message>
        <source>Look at docker images on the host. In an upgrade, retry: the new image is then loaded once more and entered in the file.</source>
        <translation>请在主机上查看 docker images。升级时请重试：届时会重新加载新镜像并写入该文件。</translation>
    </message>
</context>
<context>
    <name>FactRows</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>root</source>
        <translation>root</translation>
    </message>
    <message>
        <source>sudo without password</source>
        <translation>sudo 免密</translation>
    </message>
    <message>
        <source>sudo with password</source>
        <translation>sudo 需密码</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>部署方式</translation>
    </message>
    <message>
        <source>Installed version</source>
        <translation>已安装版本</translation>
    </message>
    <message>
        <source>Version of the binary</source>
        <translation>程序文件版本</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>Run type</source>
        <translation>运行类型</translation>
    </message>
    <message>
        <source>Security mode</source>
        <translation>安全模式</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Start command</source>
        <translation>启动命令</translation>
    </message>
    <message>
        <source>Extra start argument</source>
        <translation>附加启动参数</translation>
    </message>
    <message>
        <source>Unit file damaged</source>
        <translation>单元文件损坏</translation>
    </message>
    <message>
        <source>Management user</source>
        <translation>管理用户</translation>
    </message>
    <message>
        <source>Advertised address</source>
        <translation>通告地址</translation>
    </message>
    <message>
        <source>SQL port</source>
        <translation>SQL 端口</translation>
    </message>
    <message>
        <source>HTTP port</source>
        <translation>HTTP 端口</translation>
    </message>
    <message>
        <source>Other nodes</source>
        <translation>其他节点</translation>
    </message>
    <message>
        <source>Data directory</source>
        <translation>数据目录</translation>
    </message>
    <message>
        <source>Size of the data</source>
        <translation>数据大小</translation>
    </message>
    <message>
        <source>Free space for data</source>
        <translation>数据可用空间</translation>
    </message>
    <message>
        <source>Free space for staging</source>
        <translation>暂存可用空间</translation>
    </message>
    <message>
        <source>Free space for the installation</source>
        <translation>安装可用空间</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>主机名</translation>
    </message>
    <message>
        <source>Machine id</source>
        <translation>机器 ID</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>操作系统</translation>
    </message>
    <message>
        <source>Package format</source>
        <translation>软件包格式</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPU 数</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Clock offset in seconds</source>
        <translation>时钟偏差（秒）</translation>
    </message>
    <message>
        <source>Way to root</source>
        <translation>root 途径</translation>
    </message>
    <message>
        <source>Package manager held by</source>
        <translation>软件包管理器占用者</translation>
    </message>
    <message>
        <source>Missing tools</source>
        <translation>缺少的工具</translation>
    </message>
    <message>
        <source>Lock of another wizard</source>
        <translation>其他向导的锁</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 ms</source>
        <extracomment>A duration in milliseconds</extracomment>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <extracomment>A duration in seconds</extracomment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <extracomment>A duration in minutes and seconds</extracomment>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <extracomment>A duration in hours and minutes</extracomment>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>HostDraft</name>
    <message>
        <source>Add at least one host.</source>
        <translation>至少添加一台主机。</translation>
    </message>
    <message>
        <source>A row of the list has no address.</source>
        <translation>列表中有一行没有地址。</translation>
    </message>
    <message>
        <source>The host %1 is in the list twice.</source>
        <translation>主机 %1 在列表中重复。</translation>
    </message>
    <message>
        <source>%1: the user name is missing.</source>
        <translation>%1：缺少用户名。</translation>
    </message>
    <message>
        <source>%1: the key file is missing.</source>
        <translation>%1：缺少密钥文件。</translation>
    </message>
    <message>
        <source>%1: the password is missing.</source>
        <translation>%1：缺少密码。</translation>
    </message>
    <message>
        <source>%1: the address or the user of the jump host is missing.</source>
        <translation>%1：缺少跳板机的地址或用户。</translation>
    </message>
    <message>
        <source>SSH agent</source>
        <translation>SSH 代理</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Keyboard-interactive</source>
        <translation>键盘交互</translation>
    </message>
    <message>
        <source>Find out</source>
        <translation>自动检测</translation>
    </message>
    <message>
        <source>Login as root</source>
        <translation>以 root 登录</translation>
    </message>
    <message>
        <source>sudo without password</source>
        <translation>sudo 免密</translation>
    </message>
    <message>
        <source>sudo with password</source>
        <translation>sudo 需密码</translation>
    </message>
</context>
<context>
    <name>Journal</name>
    <message>
        <source>the file exists already</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>the lock file cannot be created</source>
        <translation>无法创建锁文件</translation>
    </message>
    <message>
        <source>in use by process %1 on %2</source>
        <translation>正被 %2 上的进程 %1 使用</translation>
    </message>
</context>
<context>
    <name>KeptOnHosts</name>
    <message>
        <source>Cold copy of the node</source>
        <translation>节点的冷备份</translation>
    </message>
    <message>
        <source>Data that was there before the copy was put back</source>
        <translation>恢复备份之前的数据</translation>
    </message>
    <message>
        <source>Configuration and unit of before the uninstallation</source>
        <translation>卸载之前的配置与服务单元</translation>
    </message>
    <message>
        <source>Old container</source>
        <translation>旧容器</translation>
    </message>
    <message>
        <source>Old image</source>
        <translation>旧镜像</translation>
    </message>
    <message>
        <source>Files as they were</source>
        <translation>原有文件</translation>
    </message>
</context>
<context>
    <name>MethodAdvice</name>
    <message>
        <source>This method fits the installation.</source>
        <translation>此方式与现有安装相符。</translation>
    </message>
    <message>
        <source>Not all hosts could be read: %1.</source>
        <translation>部分主机无法读取：%1。</translation>
    </message>
    <message>
        <source>KWDB is not installed on %1.</source>
        <translation>%1 上未安装 KWDB。</translation>
    </message>
    <message>
        <source>This method is for nodes that were installed with the vendor&apos;s deploy script. This installation is of the kind %1.</source>
        <translation>此方式适用于用部署脚本安装的节点。当前安装方式：%1。</translation>
    </message>
    <message>
        <source>This method is for a single node. These hosts form a cluster of the type %1.</source>
        <translation>此方式适用于单机。当前类型：%1。</translation>
    </message>
    <message>
        <source>Single nodes are upgraded one by one, but %1 hosts are in the list.</source>
        <translation>单机须逐台升级，但列表中有 %1 台主机。</translation>
    </message>
    <message>
        <source>This method is for a cluster with several replicas. This installation is of the type %1.</source>
        <translation>此方式适用于多副本集群。当前类型：%1。</translation>
    </message>
    <message>
        <source>This method is for a cluster with a single replica. This installation is of the type %1.</source>
        <translation>此方式适用于单副本集群。当前类型：%1。</translation>
    </message>
    <message>
        <source>This method is for nodes that run from a source build. This installation is of the kind %1.</source>
        <translation>此方式适用于从源代码编译安装的节点。当前安装方式：%1。</translation>
    </message>
    <message>
        <source>This method is for nodes that run by Docker Compose. This installation is of the kind %1.</source>
        <translation>此方式适用于用 Docker Compose 部署的节点。当前安装方式：%1。</translation>
    </message>
    <message>
        <source>This method is for nodes that run by docker run. This installation is of the kind %1.</source>
        <translation>此方式适用于用 docker run 部署的节点。当前安装方式：%1。</translation>
    </message>
    <message>
        <source>This method is for nodes without certificates. These nodes use certificates.</source>
        <translation>此方式适用于非安全模式的节点。这些节点为安全模式。</translation>
    </message>
    <message>
        <source>This method is for nodes with certificates. These nodes use none.</source>
        <translation>此方式适用于安全模式的节点。这些节点为非安全模式。</translation>
    </message>
    <message>
        <source>This method goes back to an older version. The chosen package is not older than the installed version.</source>
        <translation>此方式用于降级到旧版本。所选安装包不低于已安装版本。</translation>
    </message>
    <message>
        <source>The hosts in the list and the nodes of the cluster do not agree: the cluster has %1 nodes, %2 of them are in the list.</source>
        <translation>列表中的主机与集群节点不符：集群有 %1 个节点，其中 %2 个在列表中。</translation>
    </message>
    <message>
        <source>No node tells the state of the cluster, so it cannot be upgraded node by node.</source>
        <translation>没有节点返回集群状态，无法逐节点升级。</translation>
    </message>
    <message>
        <source>The package is of the kind %1, the hosts use %2.</source>
        <translation>安装包类型：%1；主机使用：%2。两者不符。</translation>
    </message>
    <message>
        <source>All nodes have the version %1 already.</source>
        <translation>所有节点均已是版本 %1。</translation>
    </message>
    <message>
        <source>The package (%2) is older than the installed version (%1).</source>
        <translation>安装包（%2）低于已安装版本（%1）。</translation>
    </message>
    <message>
        <source>The vendor documents the path from %1 to %2 only in several hops: %3.</source>
        <translation>厂商文档仅支持分多步从 %1 升级到 %2：%3。</translation>
    </message>
    <message>
        <source>The vendor documents another method for the path from %1 to %2: %3.</source>
        <translation>厂商文档规定从 %1 升级到 %2 采用其他方式：%3。</translation>
    </message>
    <message>
        <source>The vendor does not document an upgrade from %1 to %2.</source>
        <translation>厂商文档不支持从 %1 升级到 %2。</translation>
    </message>
    <message>
        <source>The installed version of %1 could not be read.</source>
        <translation>无法读取 %1 的已安装版本。</translation>
    </message>
    <message>
        <source>Deploy script, single node</source>
        <translation>部署脚本：单机升级</translation>
    </message>
    <message>
        <source>Deploy script, one node at a time</source>
        <translation>部署脚本：在线升级（逐节点）</translation>
    </message>
    <message>
        <source>Deploy script on running nodes</source>
        <translation>部署脚本：升级运行中的节点</translation>
    </message>
    <message>
        <source>Deploy script, whole cluster stopped</source>
        <translation>部署脚本：离线升级（全部停止）</translation>
    </message>
    <message>
        <source>New cluster, export and import</source>
        <translation>导入导出升级（新建集群）</translation>
    </message>
    <message>
        <source>Build from source</source>
        <translation>编译版本升级</translation>
    </message>
    <message>
        <source>Docker Compose</source>
        <translation>Docker Compose 升级</translation>
    </message>
    <message>
        <source>Docker run without certificates</source>
        <translation>Docker Run 升级（非安全模式）</translation>
    </message>
    <message>
        <source>Docker run with certificates</source>
        <translation>Docker Run 升级（安全模式）</translation>
    </message>
    <message>
        <source>Back to an older version from a backup</source>
        <translation>从备份降级到旧版本</translation>
    </message>
    <message>
        <source>The hosts are not all installed in the same way.</source>
        <translation>各主机的安装方式不一致。</translation>
    </message>
    <message>
        <source>The hosts are not all nodes of the same type of cluster.</source>
        <translation>各主机的集群类型不一致。</translation>
    </message>
    <message>
        <source>The hosts do not all have the same security mode.</source>
        <translation>各主机的安全模式不一致。</translation>
    </message>
    <message>
        <source>Nodes of the cluster: %1. While one of them is stopped, a majority of the nodes must remain.</source>
        <translation>集群节点数：%1。停止其中一个时，必须仍有多数节点存活。</translation>
    </message>
    <message>
        <source>The vendor documents this method for single nodes, and nodes one by one for clusters with several replicas. This installation is of the type %1.</source>
        <translation>厂商文档中，此方法用于单节点，以及多副本集群的逐节点升级。当前安装的类型为%1。</translation>
    </message>
    <message>
        <source>All nodes of the cluster are upgraded together, but these are not in the list: %1.</source>
        <translation>集群的所有节点一起升级，但以下节点不在列表中：%1。</translation>
    </message>
    <message>
        <source>This method moves the data to a second cluster that has the new version already. No hosts of such a cluster are named.</source>
        <translation>此方法将数据迁移到已安装新版本的另一个集群。尚未指定新集群的主机。</translation>
    </message>
    <message>
        <source>Hosts of a new cluster are named, so the data is moved there.</source>
        <translation>已指定新集群的主机，数据将迁移到该集群。</translation>
    </message>
    <message>
        <source>The new cluster could not be read: %1.</source>
        <translation>无法读取新集群：%1。</translation>
    </message>
    <message>
        <source>What the databases hold could not be read: %1.</source>
        <translation>无法读取数据库的内容：%1。</translation>
    </message>
    <message>
        <source>There is no database to move.</source>
        <translation>没有需要迁移的数据库。</translation>
    </message>
    <message>
        <source>Source builds are upgraded one node at a time. A cluster with a single replica does not stay in service then: stop all its nodes and upgrade them by hand.</source>
        <translation>源码编译安装的节点逐个升级，而单副本集群在此期间无法保持服务：请停止所有节点后手动升级。</translation>
    </message>
    <message>
        <source>This method fits, but it is a choice of experts: the vendor&apos;s script stops and starts each node by itself, and no cold copy can be made.</source>
        <translation>此方式适用，但仅供专家选用：由厂商脚本自行停止和启动各节点，且无法做冷备份。</translation>
    </message>
</context>
<context>
    <name>MethodOption</name>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Name and tag of the new image, when it is pulled by the hosts instead of loaded from an archive.</source>
        <translation>新镜像的名称和标签；仅当由主机拉取镜像而不是从归档文件加载时填写。</translation>
    </message>
    <message>
        <source>Reason for an undocumented version path</source>
        <translation>采用未记载升级路径的理由</translation>
    </message>
    <message>
        <source>Only when the vendor does not document the upgrade from the installed version to the new one and you know better. The reason stands in the report.</source>
        <translation>仅当厂商没有记载从当前版本到新版本的升级路径、而您确有把握时填写。该理由会写入报告。</translation>
    </message>
    <message>
        <source>Archive of the installed version</source>
        <translation>当前已安装版本的安装包</translation>
    </message>
    <message>
        <source>Release archive (.tar.gz) of the version that is installed now. With it, a run that fails before the new version is started can put the old packages back.</source>
        <translation>当前已安装版本的安装包（.tar.gz）。有了它，如果在启动新版本之前失败，可以恢复旧软件包。</translation>
    </message>
    <message>
        <source>Installed version on the hosts</source>
        <translation>主机上的已安装版本</translation>
    </message>
    <message>
        <source>Directory on every host that holds the unpacked release of the version that is installed now (the one with deploy.sh), when its archive is not on this computer.</source>
        <translation>每台主机上存放当前已安装版本解压后安装包的目录（含 deploy.sh），用于本机没有该安装包的情况。</translation>
    </message>
    <message>
        <source>Version of the image</source>
        <translation>镜像的版本</translation>
    </message>
    <message>
        <source>Version of KWDB in the new image, when its tag does not tell it.</source>
        <translation>标签没有说明版本时，新镜像中 KWDB 的版本。</translation>
    </message>
    <message>
        <source>Move the data onto the host</source>
        <translation>把数据移到主机上</translation>
    </message>
    <message>
        <source>When the data lies in the container itself, copy it to a directory of the host and mount that directory from now on.</source>
        <translation>数据位于容器内部时，把它复制到主机的目录，并从此挂载该目录。</translation>
    </message>
    <message>
        <source>Directory for the data</source>
        <translation>数据目录</translation>
    </message>
    <message>
        <source>Directory on the hosts that takes the data; it must be empty or missing.</source>
        <translation>主机上用于存放数据的目录，必须为空或不存在。</translation>
    </message>
    <message>
        <source>Hosts of the new cluster</source>
        <translation>新集群的主机</translation>
    </message>
    <message>
        <source>Those hosts of the list that belong to the new cluster; the data of the others is moved there.</source>
        <translation>列表中属于新集群的主机；其余主机的数据将迁移到这些主机。</translation>
    </message>
    <message>
        <source>Databases</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Names of the databases that are moved; without a name all user databases are.</source>
        <translation>要迁移的数据库名称；未填写时迁移所有用户数据库。</translation>
    </message>
    <message>
        <source>Export directory</source>
        <translation>导出目录</translation>
    </message>
    <message>
        <source>Name of a new directory below the extern directory of the nodes; without a name it is called after the run.</source>
        <translation>节点 extern 目录下新目录的名称；未填写时以运行编号命名。</translation>
    </message>
    <message>
        <source>Run to go back from</source>
        <translation>要退回的运行</translation>
    </message>
    <message>
        <source>The run whose cold copies are put back; its journal names them.</source>
        <translation>要还原其冷备份的运行；备份位置记录在其日志中。</translation>
    </message>
    <message>
        <source>Directory of the cold copy</source>
        <translation>冷备份目录</translation>
    </message>
    <message>
        <source>Where the cold copies are on the hosts, when they were moved or the journal of the run is not on this computer.</source>
        <translation>冷备份在主机上的位置，用于备份已被移动或本机没有该运行的日志的情况。</translation>
    </message>
    <message>
        <source>Version of the build</source>
        <translation>编译版本号</translation>
    </message>
    <message>
        <source>Version of KWDB in the source tree or in the finished build, when neither its files nor its name tell it.</source>
        <translation>源代码或已编译程序的 KWDB 版本，当文件内容和名称均未注明版本时填写。</translation>
    </message>
    <message>
        <source>Finished build on the hosts</source>
        <translation>主机上已编译好的程序</translation>
    </message>
    <message>
        <source>Build command</source>
        <translation>编译命令</translation>
    </message>
    <message>
        <source>Shell command that builds the source tree, run in its top directory; without one the vendor&apos;s is used (cmake, make, make install).</source>
        <translation>编译源代码的 Shell 命令，在源代码顶层目录中执行；未填写时使用厂商的命令（cmake、make、make install）。</translation>
    </message>
    <message>
        <source>Programs for the build</source>
        <translation>编译所需程序</translation>
    </message>
    <message>
        <source>Programs that must be on the hosts to build the source tree; without a name those that its files need.</source>
        <translation>编译源代码时主机上必须具备的程序；未填写时根据源文件判断。</translation>
    </message>
    <message>
        <source>Directory on every host that holds the finished build (the one with bin/kwbase), when no archive is chosen. An upgrade keeps the old one beside the new one as install.old-RUN.</source>
        <translation>未选择归档时，各主机上存放已编译程序的目录（包含 bin/kwbase 的目录）。升级时旧程序保留在新程序旁，目录名为 install.old-升级任务编号。</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>Hosts, package, backup and order, as YAML.</source>
        <translation>主机、安装包、备份和顺序（YAML）。</translation>
    </message>
    <message>
        <source>Print one JSON object a line.</source>
        <translation>每行输出一个 JSON 对象。</translation>
    </message>
    <message>
        <source>Read passwords and passphrases as YAML from this file descriptor.</source>
        <translation>从该文件描述符以 YAML 读取密码和密钥口令。</translation>
    </message>
    <message>
        <source>Keep journals, reports and the log here.</source>
        <translation>运行日志、报告和程序日志的存放目录。</translation>
    </message>
    <message>
        <source>Read this file of known hosts instead of ~/.ssh/known_hosts.</source>
        <translation>用该已知主机文件代替 ~/.ssh/known_hosts。</translation>
    </message>
    <message>
        <source>Accept the unknown host key with this SHA-256 fingerprint.</source>
        <translation>接受 SHA-256 指纹为该值的未知主机密钥。</translation>
    </message>
    <message>
        <source>Language of the texts: en or zh_CN.</source>
        <translation>界面语言：en 或 zh_CN。</translation>
    </message>
    <message>
        <source>plan: write the runbook to this file (.md or .sh). report: base name of the .html and .json files.</source>
        <translation>plan：将操作手册写入该文件（.md 或 .sh）。report：.html 和 .json 文件的基本名。</translation>
    </message>
    <message>
        <source>Accept all warnings with this reason, which the report shows.</source>
        <translation>以该理由接受所有警告，理由会写入报告。</translation>
    </message>
    <message>
        <source>Take over the lock of another wizard. This is recorded.</source>
        <translation>接管其他向导的锁。此操作会被记录。</translation>
    </message>
    <message>
        <source>Without a terminal, when a node does not stop: keep-waiting, force-stop or stop-here.</source>
        <translation>无终端且节点未停止时：keep-waiting、force-stop 或 stop-here。</translation>
    </message>
    <message>
        <source>Without a terminal, when a node does not come back: keep-waiting or stop-here.</source>
        <translation>无终端且节点未恢复时：keep-waiting 或 stop-here。</translation>
    </message>
    <message>
        <source>--%1 cannot be %2</source>
        <translation>--%1 不能为 %2</translation>
    </message>
    <message>
        <source>--accept-warnings needs a reason</source>
        <translation>--accept-warnings 需要填写理由</translation>
    </message>
    <message>
        <source>--secrets-fd needs the number of an open file descriptor</source>
        <translation>--secrets-fd 需要一个已打开的文件描述符编号</translation>
    </message>
    <message>
        <source>Upgrades a KWDB database over SSH.

Exit codes: 0 ok, 1 blocked by checks, 2 bad usage or input, 3 run failed, 4 stopped and resumable, 5 no connection or login.</source>
        <translation>通过 SSH 升级 KWDB 数据库。

退出码：0 成功，1 检查未通过，2 用法或输入有误，3 升级失败，4 已停止、可继续，5 无法连接或登录。</translation>
    </message>
    <message>
        <source>exactly one verb is needed</source>
        <translation>必须且只能指定一个动作</translation>
    </message>
    <message>
        <source>there is no verb %1</source>
        <translation>没有动作 %1</translation>
    </message>
    <message>
        <source>--profile is needed</source>
        <translation>需要 --profile</translation>
    </message>
    <message>
        <source>Without a terminal, when a step fails: retry (at most twice a step), go-back (where the plan has a way back) or stop-here.</source>
        <translation>无终端且步骤失败时：retry（每个步骤最多两次）、go-back（计划有回退路径时）或 stop-here。</translation>
    </message>
    <message>
        <source>The run to resume, to go back from, to show or report; otherwise the newest.</source>
        <translation>要继续、退回、显示或生成报告的运行；默认为最新的运行。</translation>
    </message>
    <message>
        <source>restore: the release archive of the old version.</source>
        <translation>restore：旧版本的安装包。</translation>
    </message>
    <message>
        <source>discover, check, plan, run, resume, restore, status or report</source>
        <translation>discover、check、plan、run、resume、restore、status 或 report</translation>
    </message>
    <message>
        <source>restore needs --run and --package</source>
        <translation>restore 需要 --run 和 --package</translation>
    </message>
</context>
<context>
    <name>Output</name>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>WARNING</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>BLOCKED</source>
        <translation>阻止升级</translation>
    </message>
    <message>
        <source>not applicable</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>Command: %1</source>
        <translation>命令：%1</translation>
    </message>
    <message>
        <source>Nodes, as %1 sees them:</source>
        <translation>%1 看到的节点：</translation>
    </message>
    <message>
        <source>  node %1  %2  %3  %4  leases %5  replicas %6</source>
        <translation>  节点 %1  %2  %3  %4  租约 %5  副本 %6</translation>
    </message>
    <message>
        <source>up</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>DOWN</source>
        <translation>失效</translation>
    </message>
    <message>
        <source>Ranges unavailable: %1, under-replicated: %2</source>
        <translation>不可用 Range：%1，副本不足 Range：%2</translation>
    </message>
    <message>
        <source>Package %1: version %2, %3, %4, %5</source>
        <translation>安装包 %1：版本 %2，%3，%4，%5</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>point of no return: from here on, going back needs the backup</source>
        <translation>不可回退点：此后回退需要备份</translation>
    </message>
    <message>
        <source>%1  %2  %3 → %4  %5  last step %6  %7</source>
        <translation>%1  %2  %3 → %4  %5  最后步骤 %6  %7</translation>
    </message>
    <message>
        <source>The run is now: %1</source>
        <translation>升级运行当前状态：%1</translation>
    </message>
    <message>
        <source>already done</source>
        <translation>此前已完成</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>The way back, only when it is chosen after a failed step:</source>
        <translation>回退路径，仅在步骤失败后选择回退时执行：</translation>
    </message>
    <message>
        <source>Package %1: version %2, %3</source>
        <translation>安装包 %1：版本 %2，%3</translation>
    </message>
    <message numerus="yes">
        <source>Run %1: %2, %3 to %4, about %n minute(s)</source>
        <translation>
            <numerusform>升级运行 %1：%2，从 %3 到 %4，约 %n 分钟</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Package</name>
    <message>
        <source>its name cannot be decoded</source>
        <translation>名称无法解码</translation>
    </message>
    <message>
        <source>its name holds control characters</source>
        <translation>名称含有控制字符</translation>
    </message>
    <message>
        <source>its path is absolute</source>
        <translation>路径为绝对路径</translation>
    </message>
    <message>
        <source>its path leads upwards with &quot;..&quot;</source>
        <translation>路径含有“..”，指向上级目录</translation>
    </message>
    <message>
        <source>it links to a file outside the archive</source>
        <translation>链接到安装包以外的文件</translation>
    </message>
    <message>
        <source>it is a device, a pipe or a socket</source>
        <translation>是设备、管道或套接字</translation>
    </message>
    <message>
        <source>it is a directory, not a file</source>
        <translation>是目录，不是文件</translation>
    </message>
    <message>
        <source>it is not compressed by gzip</source>
        <translation>不是 gzip 压缩文件</translation>
    </message>
    <message>
        <source>the checksum at its end does not fit the content</source>
        <translation>文件末尾的校验值与内容不符</translation>
    </message>
    <message>
        <source>the name and tag of the image (option &quot;image&quot;)</source>
        <translation>镜像的名称和标签（选项“image”）</translation>
    </message>
</context>
<context>
    <name>Plan</name>
    <message>
        <source>Take the lock on %1</source>
        <translation>在 %1 上加锁</translation>
    </message>
    <message>
        <source>Upload and unpack the package on %1</source>
        <translation>上传并解压安装包到 %1</translation>
    </message>
    <message>
        <source>Record the state before the first change</source>
        <translation>记录首次更改前的状态</translation>
    </message>
    <message>
        <source>Save and raise the setting %2</source>
        <translation>保存并调大集群设置 %2</translation>
    </message>
    <message>
        <source>Check that %1 may be stopped</source>
        <translation>确认 %1 可以停止</translation>
    </message>
    <message>
        <source>Stop the node on %1</source>
        <translation>停止 %1 上的节点</translation>
    </message>
    <message>
        <source>Make a cold copy of the node on %1</source>
        <translation>冷备份 %1 上的节点</translation>
    </message>
    <message>
        <source>Upgrade the packages on %1</source>
        <translation>升级 %1 上的软件包</translation>
    </message>
    <message>
        <source>Start the node on %1</source>
        <translation>启动 %1 上的节点</translation>
    </message>
    <message>
        <source>Wait until the node on %1 is back</source>
        <translation>等待 %1 上的节点恢复</translation>
    </message>
    <message>
        <source>Put the setting %2 back</source>
        <translation>恢复集群设置 %2</translation>
    </message>
    <message>
        <source>Verify the result</source>
        <translation>验证结果</translation>
    </message>
    <message>
        <source>Remove staging directory and lock on %1</source>
        <translation>移除 %1 上的暂存目录和锁</translation>
    </message>
    <message>
        <source>No other wizard works on the host; its lock names this run.</source>
        <translation>主机上没有其他向导在操作；锁中记录的是本次升级。</translation>
    </message>
    <message>
        <source>There is space for it, the SHA-256 is the same as here, and the unpacked package holds packages/.version and the vendor&apos;s script.</source>
        <translation>空间充足，SHA-256 与本地一致，解压后的安装包含有 packages/.version 和部署脚本。</translation>
    </message>
    <message>
        <source>The nodes, the replicas, the jobs and the settings could be read; later readings are compared with them.</source>
        <translation>节点、副本、作业和集群设置均已读取；后续读数与之比较。</translation>
    </message>
    <message>
        <source>The present value is in the journal, and the setting is at least three hours. A longer value is left alone.</source>
        <translation>当前值已写入运行日志，设置值至少为三小时。已有更大的值则保持不变。</translation>
    </message>
    <message>
        <source>Seen from another node, twice: all other nodes are up, a majority remains, and no replica is worse than before the run.</source>
        <translation>从另一节点观察两次：其他节点均正常，多数节点存活，副本状态不差于升级前。</translation>
    </message>
    <message>
        <source>After the drain the service has no main process, and no process of it is left.</source>
        <translation>排空后服务没有主进程，也没有残留进程。</translation>
    </message>
    <message>
        <source>The copy holds as many entries as the directories, and its SHA-256 is the same when it is read again.</source>
        <translation>备份的条目数与源目录一致，再次读取时 SHA-256 相同。</translation>
    </message>
    <message>
        <source>The script ends with its completion line and exit code 0; packages, version file and binary show the new version.</source>
        <translation>脚本输出完成信息且退出码为 0；软件包、版本文件和程序文件均为新版本。</translation>
    </message>
    <message>
        <source>The service starts and stays active with the same process.</source>
        <translation>服务已启动，并以同一进程保持运行。</translation>
    </message>
    <message>
        <source>Two readings in a row, long enough after the start: the service is active and ready, another node sees it up with the new version and a new start time, and the replicas are no worse than before the run.</source>
        <translation>启动足够时间后连续两次读数满足：服务运行且就绪，另一节点看到其存活、为新版本且启动时间已更新，副本状态不差于升级前。</translation>
    </message>
    <message>
        <source>The setting has the value it had before the run.</source>
        <translation>集群设置已恢复为升级前的值。</translation>
    </message>
    <message>
        <source>All nodes are up with one and the same new version, packages and binaries agree, settings are back, and the replicas are no worse than before the run.</source>
        <translation>所有节点均正常且为同一新版本，软件包与程序文件一致，集群设置已恢复，副本状态不差于升级前。</translation>
    </message>
    <message>
        <source>The lock and the staging directory of this run are gone.</source>
        <translation>本次升级的锁和暂存目录已移除。</translation>
    </message>
    <message>
        <source>Node on %1</source>
        <translation>%1 上的节点</translation>
    </message>
    <message>
        <source>Lock all hosts</source>
        <translation>锁定所有主机</translation>
    </message>
    <message>
        <source>Bring the package to all hosts</source>
        <translation>向所有主机分发安装包</translation>
    </message>
    <message>
        <source>Before the first change</source>
        <translation>首次更改之前</translation>
    </message>
    <message>
        <source>Completion</source>
        <translation>收尾</translation>
    </message>
    <message>
        <source>Have the old release ready on %1</source>
        <translation>在 %1 上备好旧版本安装包</translation>
    </message>
    <message>
        <source>Save the configuration of %1</source>
        <translation>保存 %1 的配置</translation>
    </message>
    <message>
        <source>Verify that the node on %1 is down</source>
        <translation>确认 %1 上的节点已停止</translation>
    </message>
    <message>
        <source>Put the old packages back on %1</source>
        <translation>在 %1 上恢复旧软件包</translation>
    </message>
    <message>
        <source>Get the new image on %1</source>
        <translation>在 %1 上获取新镜像</translation>
    </message>
    <message>
        <source>Copy the data out of the container on %1</source>
        <translation>在 %1 上把数据复制出容器</translation>
    </message>
    <message>
        <source>Make the container of the new image on %1</source>
        <translation>在 %1 上用新镜像创建容器</translation>
    </message>
    <message>
        <source>Change the compose file on %1</source>
        <translation>修改 %1 上的 compose 文件</translation>
    </message>
    <message>
        <source>Start the old container on %1 again</source>
        <translation>重新启动 %1 上的旧容器</translation>
    </message>
    <message>
        <source>Start the service on %1 from the old image again</source>
        <translation>用旧镜像重新启动 %1 上的服务</translation>
    </message>
    <message>
        <source>List what is kept on %1</source>
        <translation>列出 %1 上保留的内容</translation>
    </message>
    <message>
        <source>The packages of the installed version are on the host, complete, and of this version; they are used only on the way back.</source>
        <translation>主机上有当前已安装版本的完整软件包且版本正确；它们只用于回退。</translation>
    </message>
    <message>
        <source>A copy of /etc/kaiwudb and of the unit is in the directory of the run and can be read again.</source>
        <translation>/etc/kaiwudb 和服务单元的副本位于本次运行的目录中，并且可以读取。</translation>
    </message>
    <message>
        <source>The service has no main process, and no database process is left on the host.</source>
        <translation>服务没有主进程，主机上也没有遗留的数据库进程。</translation>
    </message>
    <message>
        <source>Packages, version file and binary show the old version; /etc/kaiwudb and the unit are those from before the upgrade.</source>
        <translation>软件包、版本文件和可执行文件均为旧版本；/etc/kaiwudb 和服务单元为升级前的内容。</translation>
    </message>
    <message>
        <source>The new image is on the host under its name and fits the processor; the old one has a second name that keeps it.</source>
        <translation>新镜像已按其名称存在于主机上且与处理器架构相符；旧镜像有第二个名称，因而得以保留。</translation>
    </message>
    <message>
        <source>The directory on the host holds the same files as the container: contents, owners, modes and times were compared.</source>
        <translation>主机目录中的文件与容器中的相同：已比对内容、属主、权限和时间。</translation>
    </message>
    <message>
        <source>The container under the old name is of the new image; the old container is kept, stopped, under another name.</source>
        <translation>原名称下的容器使用新镜像；旧容器以另一名称保留，处于停止状态。</translation>
    </message>
    <message>
        <source>The file has exactly the expected SHA-256; a copy of the old one lies beside it.</source>
        <translation>文件的 SHA-256 与预期完全一致；旁边有旧文件的副本。</translation>
    </message>
    <message>
        <source>The old container runs under its name and tells its version.</source>
        <translation>旧容器以其名称运行并能报告版本。</translation>
    </message>
    <message>
        <source>The container of the service is of the old image, runs and tells its version.</source>
        <translation>服务的容器使用旧镜像，正在运行并能报告版本。</translation>
    </message>
    <message>
        <source>The report names the image, the container and the files that are kept, and how they are removed.</source>
        <translation>报告列出保留的镜像、容器和文件，以及如何删除它们。</translation>
    </message>
    <message>
        <source>Get the image on all hosts</source>
        <translation>在所有主机上获取镜像</translation>
    </message>
    <message>
        <source>Prepare the way back</source>
        <translation>准备回退</translation>
    </message>
    <message>
        <source>Have the old release ready on all hosts</source>
        <translation>在所有主机上备好旧版本安装包</translation>
    </message>
    <message>
        <source>Stop all nodes</source>
        <translation>停止所有节点</translation>
    </message>
    <message>
        <source>Verify that all nodes are down</source>
        <translation>确认所有节点已停止</translation>
    </message>
    <message>
        <source>Back up all nodes</source>
        <translation>备份所有节点</translation>
    </message>
    <message>
        <source>Upgrade one node after the other</source>
        <translation>逐个升级节点</translation>
    </message>
    <message>
        <source>Start all nodes</source>
        <translation>启动所有节点</translation>
    </message>
    <message>
        <source>Wait until all nodes are back</source>
        <translation>等待所有节点恢复</translation>
    </message>
    <message>
        <source>Start all nodes with the old version</source>
        <translation>以旧版本启动所有节点</translation>
    </message>
    <message>
        <source>Wait until all nodes are back with the old version</source>
        <translation>等待所有节点以旧版本恢复</translation>
    </message>
    <message>
        <source>Completion of the way back</source>
        <translation>完成回退</translation>
    </message>
    <message>
        <source>Way back on %1</source>
        <translation>在 %1 上回退</translation>
    </message>
    <message>
        <source>Export the database %2 on %1</source>
        <translation>在 %1 上导出数据库 %2</translation>
    </message>
    <message>
        <source>Carry the export of %2 to %1</source>
        <translation>将 %2 的导出文件传送到 %1</translation>
    </message>
    <message>
        <source>Import the database %2 on %1</source>
        <translation>在 %1 上导入数据库 %2</translation>
    </message>
    <message>
        <source>Make anew what the export of %2 leaves out</source>
        <translation>重建 %2 的导出中不包含的对象</translation>
    </message>
    <message>
        <source>Compare the database %2 on both clusters</source>
        <translation>比对两个集群上的数据库 %2</translation>
    </message>
    <message>
        <source>Remove the exported files on %1</source>
        <translation>删除 %1 上的导出文件</translation>
    </message>
    <message>
        <source>The directory was new; every table is in the answer and has its definition, and the files are packed.</source>
        <translation>目录为新建目录；返回结果包含所有表，每个表均有定义文件，且文件已打包。</translation>
    </message>
    <message>
        <source>The packed files have the same SHA-256 on both hosts.</source>
        <translation>打包文件在两台主机上的 SHA-256 相同。</translation>
    </message>
    <message>
        <source>The database did not exist on the new cluster; the import has succeeded and has rejected no row. When it fails and the operator tries again, the part that it had imported is dropped on the new cluster first.</source>
        <translation>新集群上原先没有该数据库；导入成功且没有被拒绝的行。如果导入失败且操作员选择重试，则先删除新集群上已导入的部分。</translation>
    </message>
    <message>
        <source>Every statement was run; those that the new cluster does not accept are listed as left to do.</source>
        <translation>所有语句均已执行；新集群不接受的语句列为待办事项。</translation>
    </message>
    <message>
        <source>Each table has as many rows on the new cluster as on the old one, and the same checksum where one can be computed.</source>
        <translation>每个表在新旧集群上的行数相同；可计算校验和时，校验和也相同。</translation>
    </message>
    <message>
        <source>Nothing is left of the exported files, which hold the data in clear text.</source>
        <translation>导出文件以明文保存数据，现已全部删除。</translation>
    </message>
    <message>
        <source>Users, roles and settings</source>
        <translation>用户、角色和集群参数</translation>
    </message>
    <message>
        <source>Database %1</source>
        <translation>数据库 %1</translation>
    </message>
    <message>
        <source>Read the cold copy on %1 through</source>
        <translation>通读并校验 %1 上的冷备份</translation>
    </message>
    <message>
        <source>Keep configuration and unit on %1</source>
        <translation>保留 %1 上的配置和服务单元</translation>
    </message>
    <message>
        <source>Set the present data on %1 aside</source>
        <translation>将 %1 上的当前数据移到一旁</translation>
    </message>
    <message>
        <source>Uninstall the present version on %1</source>
        <translation>卸载 %1 上的当前版本</translation>
    </message>
    <message>
        <source>Install the old version on %1</source>
        <translation>在 %1 上安装旧版本</translation>
    </message>
    <message>
        <source>Put the cold copy back on %1</source>
        <translation>在 %1 上还原冷备份</translation>
    </message>
    <message>
        <source>The checksums are right, data, configuration and unit are in the copy, its version is the one to go back to, and there is space beside the present data.</source>
        <translation>校验和正确，备份中包含数据、配置和服务单元，其版本就是要退回的版本，且当前数据旁有足够的空间。</translation>
    </message>
    <message>
        <source>A second copy of /etc/kaiwudb and of the unit is there and is equal.</source>
        <translation>/etc/kaiwudb 和服务单元的副本已就位且内容一致。</translation>
    </message>
    <message>
        <source>The data directory is empty, and what was in it has its other name.</source>
        <translation>数据目录为空，原有内容已改用其他名称。</translation>
    </message>
    <message>
        <source>Packages and unit are gone; the question whether to delete the data is answered with no.</source>
        <translation>软件包和服务单元已移除；是否删除数据的提问回答为否。</translation>
    </message>
    <message>
        <source>Packages and binary show the old version.</source>
        <translation>软件包和程序显示旧版本。</translation>
    </message>
    <message>
        <source>The unpacked files are the same as in the copy and belong to the user of the service.</source>
        <translation>还原的文件与备份一致，且属于服务用户。</translation>
    </message>
    <message>
        <source>Packages, version file and binary show the old version; the data is not touched.</source>
        <translation>软件包、版本文件和程序显示旧版本；数据未改动。</translation>
    </message>
    <message>
        <source>Read the cold copies through</source>
        <translation>通读并校验冷备份</translation>
    </message>
    <message>
        <source>Back to the old version on %1</source>
        <translation>%1 退回旧版本</translation>
    </message>
    <message>
        <source>Let the vendor&apos;s script upgrade the running node on %1</source>
        <translation>由厂商脚本升级 %1 上正在运行的节点</translation>
    </message>
    <message>
        <source>Complete the upgrade of the node on %1 for the cluster</source>
        <translation>在集群中完成 %1 上节点的升级</translation>
    </message>
    <message>
        <source>Before: the node runs, is not marked as upgrading, and its own id is the one that the script will find. After: the script ends with its completion line and exit code 0; packages, version file and binary show the new version.</source>
        <translation>执行前：节点正在运行，未被标记为升级中，且脚本将找到的节点 ID 正是本节点的 ID。执行后：脚本输出完成行且退出码为 0；软件包、版本文件和程序均为新版本。</translation>
    </message>
    <message>
        <source>The node is not marked as upgrading, and the argument --upgrade-complete is not left behind. A node that is still marked is restarted once with this argument.</source>
        <translation>节点未被标记为升级中，也没有遗留 --upgrade-complete 参数。仍带有标记的节点会使用该参数重启一次。</translation>
    </message>
    <message>
        <source>Finish an earlier upgrade on %1</source>
        <translation>完成 %1 上先前的升级</translation>
    </message>
    <message>
        <source>Record how the server on %1 runs</source>
        <translation>记录 %1 上服务进程的运行方式</translation>
    </message>
    <message>
        <source>Make the new program on %1</source>
        <translation>在 %1 上准备新程序</translation>
    </message>
    <message>
        <source>Put the new program in place on %1</source>
        <translation>在 %1 上替换为新程序</translation>
    </message>
    <message>
        <source>Put the old program back on %1</source>
        <translation>在 %1 上恢复旧程序</translation>
    </message>
    <message>
        <source>Command line, directory, environment, user, limits and unit of the server are in the directory of the run, readable by root alone.</source>
        <translation>服务进程的命令行、工作目录、环境变量、用户、资源限制和单元已保存在升级任务目录中，仅 root 可读。</translation>
    </message>
    <message>
        <source>The new program is in the directory of the run, can be run on this host and tells the new version. The running one was not touched.</source>
        <translation>新程序位于升级任务目录中，可在该主机上运行并显示新版本；正在运行的程序未被改动。</translation>
    </message>
    <message>
        <source>The new program is where the old one was; what it replaces is kept in a directory beside it.</source>
        <translation>新程序已位于旧程序的位置；被替换的文件保留在旁边的目录中。</translation>
    </message>
    <message>
        <source>The program is the kept one again and tells the old version.</source>
        <translation>程序已恢复为保留的旧程序，并显示旧版本。</translation>
    </message>
    <message>
        <source>Make the new program on all hosts</source>
        <translation>在所有主机上准备新程序</translation>
    </message>
    <message>
        <source>Record how the servers run</source>
        <translation>记录服务进程的运行方式</translation>
    </message>
</context>
<context>
    <name>PlanBuilder</name>
    <message>
        <source>The archive of the installed version holds version %1 (%2), but %3 has version %4.</source>
        <translation>当前已安装版本的安装包为版本 %1（%2），但 %3 的版本为 %4。</translation>
    </message>
</context>
<context>
    <name>PlanNotes</name>
    <message>
        <source>The packages of the installed version are not at hand, so this run cannot put them back: after a failed upgrade of the packages the choices are to repair and continue, or to stop there. Name the archive of the installed version in the settings of the method to have the way back.</source>
        <translation>当前已安装版本的软件包不可用，因此本次运行无法恢复它们：软件包升级失败后，只能修复并继续，或者就此停止。如需回退路径，请在该方式的设置中指定当前已安装版本的安装包。</translation>
    </message>
    <message>
        <source>The packages of the installed version are at hand: until the first node is started with the new version, a failed step can be answered by going back, for all nodes together.</source>
        <translation>当前已安装版本的软件包可用：在以新版本启动第一个节点之前，步骤失败时可以选择所有节点一起回退。</translation>
    </message>
    <message>
        <source>The packages of the installed version are at hand: until a node is started with the new version, a failed step on it can be answered by going back on this node.</source>
        <translation>当前已安装版本的软件包可用：在以新版本启动某个节点之前，该节点上的步骤失败时可以选择回退该节点。</translation>
    </message>
    <message numerus="yes">
        <source>All nodes are stopped at the same time: the whole database is out of service for about %n minute(s). Tell everybody who uses it before the start.</source>
        <translation>
            <numerusform>所有节点将同时停止：整个数据库将停止服务约 %n 分钟。请在开始之前通知所有用户。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The database is out of service for about %n minute(s).</source>
        <translation>
            <numerusform>数据库将停止服务约 %n 分钟。</numerusform>
        </translation>
    </message>
    <message>
        <source>The run leaves the nodes down on: %1. The database is out of service.</source>
        <translation>本次运行结束后，以下主机上的节点处于停止状态：%1。数据库停止服务。</translation>
    </message>
    <message>
        <source>The new packages are on: %1.</source>
        <translation>以下主机已安装新软件包：%1。</translation>
    </message>
    <message>
        <source>The new packages are not, or not completely, on: %1. No node may be started before all have the same version.</source>
        <translation>以下主机尚未安装或未完整安装新软件包：%1。在所有节点版本一致之前，不得启动任何节点。</translation>
    </message>
    <message>
        <source>To continue: remove the cause, then resume the run %1. It looks at every host first and does nothing twice.</source>
        <translation>继续：消除原因后恢复运行 %1。程序会先检查每台主机，不会重复执行任何操作。</translation>
    </message>
    <message>
        <source>To finish by hand: on each of these hosts run &quot;cd %1 &amp;&amp; bash ./deploy.sh upgrade -l&quot; as root, and only when all show %2 in /etc/kaiwudb/info/.version run &quot;systemctl daemon-reload; systemctl start kaiwudb&quot; on every node.</source>
        <translation>手动完成：以 root 身份在上述每台主机上执行“cd %1 &amp;&amp; bash ./deploy.sh upgrade -l”；仅当所有主机的 /etc/kaiwudb/info/.version 均为 %2 后，才在每个节点上执行“systemctl daemon-reload; systemctl start kaiwudb”。</translation>
    </message>
    <message>
        <source>To finish by hand: run &quot;systemctl daemon-reload; systemctl start kaiwudb&quot; as root on every node.</source>
        <translation>手动完成：以 root 身份在每个节点上执行“systemctl daemon-reload; systemctl start kaiwudb”。</translation>
    </message>
    <message>
        <source>The new version has opened the data: going back needs the backup of all nodes.</source>
        <translation>新版本已打开数据：回退需要所有节点的备份。</translation>
    </message>
    <message>
        <source>To go back by hand: install the two packages of version %1 again on every host that has new ones, check that /etc/kaiwudb/info/.version says so, then start all nodes. The data has not been opened by the new version.</source>
        <translation>手动回退：在每台已安装新软件包的主机上重新安装版本 %1 的两个软件包，确认 /etc/kaiwudb/info/.version 为该版本，然后启动所有节点。新版本尚未打开数据。</translation>
    </message>
    <message>
        <source>The old image stays on each host under the name kwup-kept:%1: until the new version is started, a failed step can be answered by going back. When the upgrade is verified and the image is no longer needed, remove it by hand.</source>
        <translation>旧镜像以名称 kwup-kept:%1 保留在每台主机上：在启动新版本之前，步骤失败时可以选择回退。升级通过验证且不再需要该镜像后，请手动删除。</translation>
    </message>
    <message>
        <source>This is the vendor&apos;s script on running nodes, which the guide does not describe: it restarts each node without a drain, so clients can wait up to 18 seconds for each node.</source>
        <translation>本方式使用厂商脚本升级运行中的节点，指南未作说明：脚本重启节点时不做排空，每个节点可能使客户端等待最多 18 秒。</translation>
    </message>
    <message>
        <source>The server overwrites server.time_until_store_dead with three hours and then with 30 minutes. The present value is saved before and put back at the end, also after a failure.</source>
        <translation>服务端会把 server.time_until_store_dead 先改为 3 小时，再改为 30 分钟。当前值会事先保存，并在结束时（包括失败后）恢复。</translation>
    </message>
    <message>
        <source>The node on %1 may be marked as upgrading. Until the mark is gone, no other node can be upgraded and no node can be decommissioned.</source>
        <translation>%1 上的节点可能被标记为升级中。标记清除之前，无法升级其他节点，也无法退役任何节点。</translation>
    </message>
    <message>
        <source>To take the mark away by hand: write KAIWUDB_START_ARG=&quot;--upgrade-complete &quot; into /etc/kaiwudb/script/kaiwudb_env, run &quot;systemctl daemon-reload; systemctl restart kaiwudb&quot; as root, and take the argument out again when the node is available.</source>
        <translation>如需手工清除标记：将 KAIWUDB_START_ARG=&quot;--upgrade-complete &quot; 写入 /etc/kaiwudb/script/kaiwudb_env，以 root 身份执行 &quot;systemctl daemon-reload; systemctl restart kaiwudb&quot;，待节点可用后再删除该参数。</translation>
    </message>
    <message>
        <source>To take the mark away by hand: append --upgrade-complete to the line with /kaiwudb/bin/kwbase in /etc/kaiwudb/script/docker-compose.yml, run &quot;systemctl restart kaiwudb&quot; as root, and take the argument out again when the node is available.</source>
        <translation>如需手工清除标记：在 /etc/kaiwudb/script/docker-compose.yml 中含 /kaiwudb/bin/kwbase 的一行末尾添加 --upgrade-complete，以 root 身份执行 &quot;systemctl restart kaiwudb&quot;，待节点可用后再删除该参数。</translation>
    </message>
    <message>
        <source>The old program is kept beside the new one until it is removed by hand. A failed step on a node can be answered by going back: its old program is put back and started with the same command. If the new version has changed the data, the old one may refuse it; then only the backup helps.</source>
        <translation>旧程序保留在新程序旁，直到手动删除。某个节点的步骤失败时可以选择回退：恢复旧程序并以相同命令启动。如果新版本已更改数据，旧版本可能拒绝打开，此时只能使用备份。</translation>
    </message>
</context>
<context>
    <name>Profile</name>
    <message>
        <source>it is too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>it is not UTF-8 text</source>
        <translation>不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>there is no section &quot;%1&quot;</source>
        <translation>没有“%1”一节</translation>
    </message>
    <message>
        <source>&quot;key=value&quot; below a section is expected here</source>
        <translation>节标题之后应为“key=value”</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a port number</source>
        <translation>“%1”不是端口号</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a user name</source>
        <translation>“%1”不是用户名</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not the address of a host</source>
        <translation>“%1”不是主机地址</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is missing</source>
        <translation>缺少“%1”</translation>
    </message>
    <message>
        <source>the column &quot;%1&quot; is not one of: %2</source>
        <translation>列“%1”不在以下范围内：%2</translation>
    </message>
    <message>
        <source>there are too many columns</source>
        <translation>列数过多</translation>
    </message>
    <message>
        <source>there is no host in it</source>
        <translation>其中没有主机</translation>
    </message>
    <message>
        <source>(typed list)</source>
        <translation>（输入的列表）</translation>
    </message>
    <message>
        <source>the host %1 is listed twice</source>
        <translation>主机 %1 重复</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not one of: %2</source>
        <translation>“%1”不在以下范围内：%2</translation>
    </message>
    <message>
        <source>the list of hosts is empty</source>
        <translation>主机列表为空</translation>
    </message>
    <message>
        <source>&quot;key-file&quot; needs &quot;auth: key&quot;</source>
        <translation>“key-file”需要“auth: key”</translation>
    </message>
    <message>
        <source>with this kind of backup only &quot;%1&quot; can be given</source>
        <translation>这种备份方式只能填写“%1”</translation>
    </message>
    <message>
        <source>the directory must begin with &quot;/&quot;</source>
        <translation>目录必须以“/”开头</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not one of the hosts above</source>
        <translation>“%1”不是上面列出的主机</translation>
    </message>
    <message>
        <source>the order must name every host, or be left out</source>
        <translation>顺序必须列出每台主机，或整项省略</translation>
    </message>
    <message>
        <source>there is no check &quot;%1&quot;</source>
        <translation>没有检查“%1”</translation>
    </message>
    <message>
        <source>the value of &quot;%1&quot; is not a text; put it in quotes</source>
        <translation>“%1”的值不是文本；请加引号</translation>
    </message>
    <message>
        <source>a key is neither &quot;default&quot; nor one of the hosts</source>
        <translation>有一个键既不是“default”也不是主机</translation>
    </message>
    <message>
        <source>there is more than one YAML document</source>
        <translation>YAML 文档不止一个</translation>
    </message>
    <message>
        <source>it is not YAML</source>
        <translation>不是 YAML</translation>
    </message>
    <message>
        <source>&quot;key: value&quot; lines are expected here</source>
        <translation>此处应为“key: value”行</translation>
    </message>
    <message>
        <source>secrets such as &quot;%1&quot; must not stand in a file; they are asked for, or read with --secrets-fd</source>
        <translation>“%1”这类机密信息不能写入文件；程序会询问，或用 --secrets-fd 读取</translation>
    </message>
    <message>
        <source>the key &quot;%1&quot; is not known; known are: %2</source>
        <translation>未知的键“%1”；可用的键：%2</translation>
    </message>
    <message>
        <source>the key &quot;%1&quot; stands here twice</source>
        <translation>键“%1”在此处重复</translation>
    </message>
    <message>
        <source>a list is expected here</source>
        <translation>此处应为列表</translation>
    </message>
    <message>
        <source>a single value is expected here</source>
        <translation>此处应为单个值</translation>
    </message>
    <message>
        <source>the path must begin with &quot;/&quot;</source>
        <translation>路径必须以“/”开头</translation>
    </message>
</context>
<context>
    <name>Prompts</name>
    <message>
        <source>%1 shows a %2 key that is not known:
  %3
Type yes to trust it: </source>
        <translation>%1 出示了未知的 %2 密钥：
  %3
输入 yes 表示信任：</translation>
    </message>
    <message>
        <source>Your choice, 1 to %1: </source>
        <translation>选择 1 到 %1：</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>The upgrade is complete; the cluster confirms it.</source>
        <translation>升级已完成，并由集群状态证实。</translation>
    </message>
    <message>
        <source>The upgrade is complete, with problems listed below.</source>
        <translation>升级已完成，但存在下列问题。</translation>
    </message>
    <message>
        <source>The run failed.</source>
        <translation>升级失败。</translation>
    </message>
    <message>
        <source>The run was stopped by the operator.</source>
        <translation>升级被操作人停止。</translation>
    </message>
    <message>
        <source>The run is not over.</source>
        <translation>升级尚未结束。</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>阻止升级</translation>
    </message>
    <message>
        <source>not applicable</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>begun, no outcome</source>
        <translation>已开始，无结果</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>already done</source>
        <translation>此前已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Upgrade of KWDB from %1 to %2</source>
        <translation>KWDB 从 %1 升级到 %2</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>升级运行</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>升级方式</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>安装包</translation>
    </message>
    <message>
        <source>SHA-256 of the package</source>
        <translation>安装包 SHA-256</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Hosts before and after</source>
        <translation>主机升级前后</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Version before</source>
        <translation>升级前版本</translation>
    </message>
    <message>
        <source>Version after</source>
        <translation>升级后版本</translation>
    </message>
    <message>
        <source>Binary after</source>
        <translation>升级后程序文件</translation>
    </message>
    <message>
        <source>not verified</source>
        <translation>未验证</translation>
    </message>
    <message>
        <source>Checks and accepted warnings</source>
        <translation>检查与已接受的警告</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Accepted because</source>
        <translation>接受理由</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Nothing was said about a backup.</source>
        <translation>未说明备份情况。</translation>
    </message>
    <message>
        <source>A cold copy of each stopped node, in %1.</source>
        <translation>已停止的各节点的冷备份，位于 %1。</translation>
    </message>
    <message>
        <source>The operator named this backup: %1</source>
        <translation>操作人指定的备份：%1</translation>
    </message>
    <message>
        <source>The operator went without a backup, because: %1</source>
        <translation>操作人未做备份，理由：%1</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Expected: %1</source>
        <translation>预期：%1</translation>
    </message>
    <message>
        <source>After</source>
        <translation>已用时间</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>查询节点</translation>
    </message>
    <message>
        <source>Good readings</source>
        <translation>合格读数</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>观察结果</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Exit code</source>
        <translation>退出码</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Commands and output</source>
        <translation>命令与输出</translation>
    </message>
    <message>
        <source>Decisions of the operator</source>
        <translation>操作人的决定</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What was asked</source>
        <translation>询问内容</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>KWDB upgrade %1</source>
        <translation>KWDB 升级 %1</translation>
    </message>
    <message>
        <source>worth knowing</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>The run failed at the step %1 and went back: the old version is in place again.</source>
        <translation>运行在步骤 %1 失败并已回退：旧版本已恢复。</translation>
    </message>
    <message>
        <source>What is left to do</source>
        <translation>待办事项</translation>
    </message>
    <message>
        <source>Steps of the way back</source>
        <translation>回退步骤</translation>
    </message>
    <message>
        <source>counted only</source>
        <translation>仅统计行数</translation>
    </message>
    <message>
        <source>Data moved to the new cluster</source>
        <translation>迁移到新集群的数据</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Rows on the old cluster</source>
        <translation>旧集群行数</translation>
    </message>
    <message>
        <source>Rows on the new cluster</source>
        <translation>新集群行数</translation>
    </message>
    <message>
        <source>Checksum on the old cluster</source>
        <translation>旧集群校验和</translation>
    </message>
    <message>
        <source>Checksum on the new cluster</source>
        <translation>新集群校验和</translation>
    </message>
    <message>
        <source>Left to do</source>
        <translation>待办事项</translation>
    </message>
    <message>
        <source>The new cluster does not have these, or not as they were:</source>
        <translation>新集群上没有以下对象，或与原来不一致：</translation>
    </message>
    <message>
        <source>The passwords of these users must be set again:</source>
        <translation>以下用户的密码必须重新设置：</translation>
    </message>
    <message>
        <source>Nothing.</source>
        <translation>无。</translation>
    </message>
    <message>
        <source>The high availability of the cluster may be affected after an upgrade by export and import. Look at the replicas and their distribution on the new cluster.</source>
        <translation>使用导入导出升级方式升级后，集群的高可用性可能会受到影响。请查看新集群的副本及其分布。</translation>
    </message>
    <message>
        <source>Kept on the hosts</source>
        <translation>主机上保留的内容</translation>
    </message>
    <message>
        <source>This is what a way back needs. Remove it when the new version has proved itself.</source>
        <translation>回退需要这些内容。确认新版本运行正常后再删除。</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Command that removes it</source>
        <translation>删除命令</translation>
    </message>
</context>
<context>
    <name>Restore</name>
    <message>
        <source>All nodes go back together, so the hosts must be those of the run: %1.</source>
        <translation>所有节点须一起退回，因此主机必须与该运行的主机一致：%1。</translation>
    </message>
    <message>
        <source>The new version was started already, so each node needs its cold copy, and there is none of: %1. Go on with the upgrade instead.</source>
        <translation>新版本已启动过，因此每个节点都需要各自的冷备份，而以下节点没有：%1。请改为继续升级。</translation>
    </message>
    <message>
        <source>Neither a run nor a directory with the cold copy is named.</source>
        <translation>既未指定运行，也未指定冷备份目录。</translation>
    </message>
    <message>
        <source>The cold copies of several nodes must be of one run. Name the run as well.</source>
        <translation>多个节点的冷备份必须属于同一次运行。请同时指定运行。</translation>
    </message>
    <message>
        <source>The directory %1 is not absolute.</source>
        <translation>目录 %1 不是绝对路径。</translation>
    </message>
</context>
<context>
    <name>Run</name>
    <message>
        <source>The service is %1.</source>
        <translation>服务状态为 %1。</translation>
    </message>
    <message>
        <source>The state of the service could not be read.</source>
        <translation>无法读取服务状态。</translation>
    </message>
    <message>
        <source>The node answers the readiness question with %1 (wanted: 200).</source>
        <translation>节点对就绪查询返回 %1（应为 200）。</translation>
    </message>
    <message>
        <source>The node&apos;s readiness could not be asked on this host.</source>
        <translation>在该主机上无法查询节点是否就绪。</translation>
    </message>
    <message>
        <source>The cluster sees the node as available: %1, live: %2.</source>
        <translation>集群看到该节点的可用状态：%1，存活状态：%2。</translation>
    </message>
    <message>
        <source>No other node tells the state of this node.</source>
        <translation>没有其他节点返回该节点的状态。</translation>
    </message>
    <message>
        <source>Other nodes that are down: %1.</source>
        <translation>其他失效节点：%1。</translation>
    </message>
    <message>
        <source>All other nodes are up.</source>
        <translation>其他节点均正常。</translation>
    </message>
    <message>
        <source>The node shows the version %1 (wanted: %2).</source>
        <translation>节点版本为 %1（应为 %2）。</translation>
    </message>
    <message>
        <source>The node does not show its version.</source>
        <translation>节点未返回版本。</translation>
    </message>
    <message>
        <source>The node has run since %1 (stopped by this run: %2).</source>
        <translation>节点自 %1 起运行（本次升级停止它的时间：%2）。</translation>
    </message>
    <message>
        <source>The node does not show its start time.</source>
        <translation>节点未返回启动时间。</translation>
    </message>
    <message>
        <source>Ranges unavailable: %1 (before the run %2), under-replicated: %3 (before the run %4).</source>
        <translation>不可用 Range：%1（升级前 %2），副本不足 Range：%3（升级前 %4）。</translation>
    </message>
    <message>
        <source>The state of the ranges could not be read.</source>
        <translation>无法读取 Range 状态。</translation>
    </message>
    <message>
        <source>The service is running.</source>
        <translation>服务正在运行。</translation>
    </message>
    <message>
        <source>The service is in the state %1.</source>
        <translation>服务状态为 %1。</translation>
    </message>
    <message>
        <source>The service is stopped; it was ended by force.</source>
        <translation>服务已停止，是被强制结束的。</translation>
    </message>
    <message>
        <source>The service is stopped.</source>
        <translation>服务已停止。</translation>
    </message>
    <message>
        <source>No KWDB package is installed.</source>
        <translation>没有安装 KWDB 软件包。</translation>
    </message>
    <message>
        <source>Installed packages: %1.</source>
        <translation>已安装的软件包：%1。</translation>
    </message>
    <message>
        <source>%1 of %2 conditions hold; good readings in a row: %3 of %4; %5 of at most %6 seconds.</source>
        <translation>%2 个条件中 %1 个成立；连续合格读数 %3/%4；已用 %5 秒，上限 %6 秒。</translation>
    </message>
    <message>
        <source>The state of the node is not known.</source>
        <translation>节点状态未知。</translation>
    </message>
    <message>
        <source>The version file is missing.</source>
        <translation>版本文件缺失。</translation>
    </message>
    <message>
        <source>The version file says %1.</source>
        <translation>版本文件为 %1。</translation>
    </message>
    <message>
        <source>There is no working database binary.</source>
        <translation>没有可运行的数据库程序文件。</translation>
    </message>
    <message>
        <source>The binary has the version %1.</source>
        <translation>程序文件版本为 %1。</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Keep waiting</source>
        <translation>继续等待</translation>
    </message>
    <message>
        <source>End it by force</source>
        <translation>强制结束</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>在此停止</translation>
    </message>
    <message>
        <source>The program looks at the node again. If the service is not running, it is started once more; then the waiting begins again.</source>
        <translation>程序重新检查节点。服务未运行时再启动一次，然后重新开始等待。</translation>
    </message>
    <message>
        <source>The program looks at the host first. What has been reached is not done again; otherwise the step is run once more.</source>
        <translation>程序先查看主机状态。已完成的部分不会重复，否则重新执行该步骤。</translation>
    </message>
    <message>
        <source>The node gets the same time once more to hand over its leases. Clients notice nothing; nothing else is changed meanwhile.</source>
        <translation>再给节点同样长的时间移交租约。客户端无感知，其间不做其他更改。</translation>
    </message>
    <message>
        <source>The program waits for the same time once more. No other node is touched meanwhile.</source>
        <translation>程序再等待同样长的时间。其间不会操作其他节点。</translation>
    </message>
    <message>
        <source>The database process is ended at once (SIGKILL). Nothing that was confirmed is lost: the node replays its log at the next start. Clients of the cluster wait for 9 to 17 seconds, and a cold copy of this stop is refused.</source>
        <translation>立即结束数据库进程（SIGKILL）。已确认的数据不会丢失：节点下次启动时会重放日志。集群的客户端会等待 9 到 17 秒，且此次停止后不能做冷备份。</translation>
    </message>
    <message>
        <source>The run ends here. The stop that was ordered goes on on the host, so the node may still go down. The run can be resumed.</source>
        <translation>升级在此停止。已下达的停止操作会在主机上继续，节点仍可能停止。之后可以继续升级。</translation>
    </message>
    <message>
        <source>The run ends here. No other node is touched, changed cluster settings are put back, and the node stays in the state shown. The run can be resumed.</source>
        <translation>升级在此停止。不会操作其他节点，已修改的集群设置会恢复，节点保持当前所示状态。之后可以继续升级。</translation>
    </message>
    <message>
        <source>the service is running</source>
        <translation>服务正在运行</translation>
    </message>
    <message>
        <source>the node was ended by force, so its files are not those of a clean stop. Start the service and stop it again by hand, then retry</source>
        <translation>节点是被强制结束的，其文件不是正常停止后的文件。手动启动服务并再次停止，然后重试</translation>
    </message>
    <message>
        <source>the directory %1 lies inside the data root</source>
        <translation>目录 %1 位于数据目录之内</translation>
    </message>
    <message>
        <source>a stopped service</source>
        <translation>服务已停止</translation>
    </message>
    <message>
        <source>a running service</source>
        <translation>服务正在运行</translation>
    </message>
    <message>
        <source>a version file that is older than the package</source>
        <translation>版本文件低于安装包版本</translation>
    </message>
    <message>
        <source>the new version in /etc/kaiwudb/info/.version although packages or binary are not complete. The vendor&apos;s script would refuse to run; install the two packages by hand, then retry</source>
        <translation>/etc/kaiwudb/info/.version 已是新版本，但软件包或程序文件不完整。部署脚本会拒绝执行；手动安装这两个软件包，然后重试</translation>
    </message>
    <message>
        <source>the state of the ranges could not be read</source>
        <translation>无法读取 Range 状态</translation>
    </message>
    <message>
        <source>ranges unavailable %1 → %2</source>
        <translation>不可用 Range %1 → %2</translation>
    </message>
    <message>
        <source>ranges under-replicated %1 → %2</source>
        <translation>副本不足 Range %1 → %2</translation>
    </message>
    <message>
        <source>Go back to the old version</source>
        <translation>退回旧版本</translation>
    </message>
    <message>
        <source>What this run has changed is taken back by the steps that the plan shows as the way back, and the old version is started again. The run then ends; it cannot be resumed.</source>
        <translation>按计划中列出的退回步骤撤销本次运行所做的更改，并重新启动旧版本。随后运行结束，无法继续。</translation>
    </message>
    <message>
        <source>The way back is not finished. To continue: remove the cause, then resume the run %1; it goes on with the way back where it was.</source>
        <translation>回退尚未完成。如需继续：排除原因后继续升级运行 %1，它会从中断处接着回退。</translation>
    </message>
    <message>
        <source>The compose file names the image %1, which is not on the host.</source>
        <translation>compose 文件中的镜像为 %1，但主机上没有该镜像。</translation>
    </message>
    <message>
        <source>The compose file names the image %1, which is the one from before the run.</source>
        <translation>compose 文件中的镜像为 %1，仍是本次升级之前的镜像。</translation>
    </message>
    <message>
        <source>The compose file names the image %1.</source>
        <translation>compose 文件中的镜像为 %1。</translation>
    </message>
    <message>
        <source>The container has the image %1.</source>
        <translation>容器使用的镜像为 %1。</translation>
    </message>
</context>
<context>
    <name>RunListModel</name>
    <message>
        <source>Not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Waiting for a decision</source>
        <translation>等待决定</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
</context>
<context>
    <name>Runbook</name>
    <message>
        <source>The question for a backup is not answered.</source>
        <translation>尚未答复备份问题。</translation>
    </message>
    <message>
        <source>A cold copy of each stopped node is made below %1.</source>
        <translation>各节点停止后制作冷备份，存放于 %1。</translation>
    </message>
    <message>
        <source>The operator names this backup: %1</source>
        <translation>操作人指定的备份：%1</translation>
    </message>
    <message>
        <source>The operator goes without a backup: %1</source>
        <translation>操作人不做备份：%1</translation>
    </message>
    <message>
        <source>Upgrade of KWDB from %1 to %2</source>
        <translation>KWDB 从 %1 升级到 %2</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>升级运行</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>升级方式</translation>
    </message>
    <message>
        <source>Hosts in order</source>
        <translation>主机顺序</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>安装包</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Estimated seconds</source>
        <translation>预计秒数</translation>
    </message>
    <message>
        <source>The scripts are run as root. Directory of the run on each host: %1.</source>
        <translation>脚本以 root 执行。各主机上的运行目录：%1。</translation>
    </message>
    <message>
        <source>Point of no return: from here on the new version opens the data. Up to this step the old packages can be installed again and the node started with them; afterwards going back needs the backup.</source>
        <translation>不可回退点：此后新版本会打开数据。到此步骤为止，可以重新安装旧软件包并以其启动节点；此后回退需要备份。</translation>
    </message>
    <message>
        <source>Step:</source>
        <translation>步骤：</translation>
    </message>
    <message>
        <source>Expected:</source>
        <translation>预期：</translation>
    </message>
    <message>
        <source>Before it the archive is uploaded to %1, a directory of the login user.</source>
        <translation>在此之前，安装包会上传到登录用户的目录 %1。</translation>
    </message>
    <message>
        <source>This step only reads; it changes nothing.</source>
        <translation>此步骤只读取信息，不做任何更改。</translation>
    </message>
    <message>
        <source>Only if this step has been begun: `%1`.</source>
        <translation>仅当此步骤已开始时：`%1`。</translation>
    </message>
    <message>
        <source>Not once this step has been begun: `%1`.</source>
        <translation>此步骤开始后不再执行：`%1`。</translation>
    </message>
    <message>
        <source>The way back</source>
        <translation>回退路径</translation>
    </message>
    <message>
        <source>Only after a failed step, when going back is chosen. What the run has not begun is left out.</source>
        <translation>仅在步骤失败后选择回退时执行。运行尚未开始的部分会略过。</translation>
    </message>
</context>
<context>
    <name>ScriptReason</name>
    <message>
        <source>The commands ended without an error, but the host shows: %1.</source>
        <translation>命令执行没有报错，但主机显示：%1。</translation>
    </message>
    <message>
        <source>The database is running: %1.</source>
        <translation>数据库正在运行：%1。</translation>
    </message>
    <message>
        <source>There is not enough free space: %1.</source>
        <translation>可用空间不足：%1。</translation>
    </message>
    <message>
        <source>This is not on the host: %1.</source>
        <translation>主机上不存在：%1。</translation>
    </message>
    <message>
        <source>The permission is missing: %1.</source>
        <translation>缺少权限：%1。</translation>
    </message>
    <message>
        <source>The node is not down yet: %1. Stop it, then retry.</source>
        <translation>节点尚未停止：%1。请停止后重试。</translation>
    </message>
    <message>
        <source>This could not be copied: %1.</source>
        <translation>无法复制：%1。</translation>
    </message>
    <message>
        <source>The old release on the host has another version than the one that is installed: %1.</source>
        <translation>主机上的旧版本安装包与已安装的版本不一致：%1。</translation>
    </message>
    <message>
        <source>The packages could not be installed: %1.</source>
        <translation>无法安装软件包：%1。</translation>
    </message>
    <message>
        <source>Docker could not load the image: %1.</source>
        <translation>docker 无法加载镜像：%1。</translation>
    </message>
    <message>
        <source>Docker could not pull the image: %1.</source>
        <translation>docker 无法拉取镜像：%1。</translation>
    </message>
    <message>
        <source>The archive was loaded, but the image %1 is not in it.</source>
        <translation>归档已加载，但其中没有镜像 %1。</translation>
    </message>
    <message>
        <source>The old image is not on the host any more: %1.</source>
        <translation>主机上已没有旧镜像：%1。</translation>
    </message>
    <message>
        <source>The image %1 is the one that runs already.</source>
        <translation>镜像 %1 就是正在运行的镜像。</translation>
    </message>
    <message>
        <source>The image is for another processor: %1.</source>
        <translation>镜像适用于另一种处理器架构：%1。</translation>
    </message>
    <message>
        <source>Another container has the name %1.</source>
        <translation>已有另一个容器使用名称 %1。</translation>
    </message>
    <message>
        <source>This command failed: %1.</source>
        <translation>此命令失败：%1。</translation>
    </message>
    <message>
        <source>The file is not as it was when the plan was made: %1.</source>
        <translation>文件与制定计划时不一致：%1。</translation>
    </message>
    <message>
        <source>This could not be written: %1.</source>
        <translation>无法写入：%1。</translation>
    </message>
    <message>
        <source>The directory is not empty: %1.</source>
        <translation>目录不为空：%1。</translation>
    </message>
    <message>
        <source>The copy is not the same as the original: %1.</source>
        <translation>副本与原件不一致：%1。</translation>
    </message>
    <message>
        <source>The directory for the export is not empty: %1. A second export into it would add every row once more.</source>
        <translation>导出目录不为空：%1。再次导出到该目录会使每一行重复。</translation>
    </message>
    <message>
        <source>The database could not be exported: %1.</source>
        <translation>无法导出数据库：%1。</translation>
    </message>
    <message>
        <source>The export is not complete, although it ended without an error (found and expected: %1).</source>
        <translation>导出未报错但不完整（实际与预期：%1）。</translation>
    </message>
    <message>
        <source>The database %1 exists on the new cluster already, and not by this run. Nothing of it was touched.</source>
        <translation>新集群上已存在数据库 %1，且不是由本次运行创建。未对其做任何改动。</translation>
    </message>
    <message>
        <source>The database could not be imported: %1.</source>
        <translation>无法导入数据库：%1。</translation>
    </message>
    <message>
        <source>The import has rejected rows (rejected, abandoned and the file that names them): %1.</source>
        <translation>导入时有行被拒绝（拒绝数、放弃数及记录文件）：%1。</translation>
    </message>
    <message>
        <source>The definitions in this file are neither UTF-8 nor GB18030: %1.</source>
        <translation>该文件中的定义既不是 UTF-8 也不是 GB18030 编码：%1。</translation>
    </message>
    <message>
        <source>The new cluster does not answer: %1.</source>
        <translation>新集群没有响应：%1。</translation>
    </message>
    <message>
        <source>The tables are not the same on both clusters: %1.</source>
        <translation>两个集群上的表不一致：%1。</translation>
    </message>
    <message>
        <source>The data of the container %1 is not in a directory of the host. The upgrade would delete it with the container, so nothing was changed.</source>
        <translation>容器 %1 的数据不在主机目录中。升级会将其与容器一起删除，因此未做任何更改。</translation>
    </message>
    <message>
        <source>A file or directory could not be written: %1.</source>
        <translation>无法写入文件或目录：%1。</translation>
    </message>
    <message>
        <source>A file or directory could not be renamed: %1.</source>
        <translation>无法重命名文件或目录：%1。</translation>
    </message>
    <message>
        <source>This exists already, and nothing is written over it: %1.</source>
        <translation>已存在，不会覆盖：%1。</translation>
    </message>
    <message>
        <source>A file system below the data directory could not be unmounted: %1.</source>
        <translation>无法卸载数据目录下的文件系统：%1。</translation>
    </message>
    <message>
        <source>The archive could not be unpacked: %1.</source>
        <translation>无法解压归档：%1。</translation>
    </message>
    <message>
        <source>The package manager did not do its part: %1.</source>
        <translation>软件包管理器执行失败：%1。</translation>
    </message>
    <message>
        <source>The vendor&apos;s script did not end with its completion line: %1.</source>
        <translation>部署脚本结束时没有输出完成信息：%1。</translation>
    </message>
    <message>
        <source>There is no cold copy here: %1.</source>
        <translation>此处没有冷备份：%1。</translation>
    </message>
    <message>
        <source>The cold copy is damaged: the checksums of %1 are wrong.</source>
        <translation>冷备份已损坏：%1 的校验和不正确。</translation>
    </message>
    <message>
        <source>This is not the cold copy that the run has made: %1.</source>
        <translation>这不是该运行所做的冷备份：%1。</translation>
    </message>
    <message>
        <source>The cold copy does not hold %1.</source>
        <translation>冷备份中没有 %1。</translation>
    </message>
    <message>
        <source>The cold copy is of version %1, which is not the version of the package.</source>
        <translation>冷备份的版本为 %1，与安装包的版本不同。</translation>
    </message>
    <message>
        <source>The cold copy lies inside the data directory %1. Move it elsewhere first.</source>
        <translation>冷备份位于数据目录 %1 内。请先移到其他位置。</translation>
    </message>
    <message>
        <source>The cold copy lies in %1, the home of the user that the uninstallation deletes. Move it elsewhere first.</source>
        <translation>冷备份位于 %1，即卸载时会删除的用户的主目录。请先移到其他位置。</translation>
    </message>
    <message>
        <source>The node does not run (%1), so the vendor&apos;s script would take its way for a stopped node. Nothing was changed. Start the node, then retry.</source>
        <translation>节点未运行（%1），厂商脚本会按已停止节点的方式处理。未做任何更改。请启动节点后重试。</translation>
    </message>
    <message>
        <source>Node %1 is marked as upgrading, and it is not this step that has marked it.</source>
        <translation>节点 %1 被标记为升级中，但该标记不是由本步骤设置的。</translation>
    </message>
    <message>
        <source>Node %1 runs, but does not answer, so it is not known whether it is marked as upgrading.</source>
        <translation>节点 %1 正在运行但没有应答，无法得知它是否被标记为升级中。</translation>
    </message>
    <message>
        <source>The vendor&apos;s script would not find its own node (address in MODE, node with this address, own node: %1). Nothing was changed.</source>
        <translation>厂商脚本找不到本节点（MODE 中的地址、使用该地址的节点、本节点：%1）。未做任何更改。</translation>
    </message>
    <message>
        <source>The process that ran before the upgrade is gone (%1), so the new version may have opened the data. The old packages are not put back over it; that needs the backup.</source>
        <translation>升级前运行的进程已不存在（%1），新版本可能已打开数据。因此不会装回旧软件包；如需回退，请使用备份。</translation>
    </message>
    <message>
        <source>The service could not be started: %1.</source>
        <translation>服务无法启动：%1。</translation>
    </message>
    <message>
        <source>The service ended right after its start: %1.</source>
        <translation>服务启动后随即退出：%1。</translation>
    </message>
    <message>
        <source>No server runs on the host, so its command line cannot be recorded.</source>
        <translation>该主机上没有正在运行的服务进程，无法记录其命令行。</translation>
    </message>
    <message>
        <source>This could not be read: %1.</source>
        <translation>无法读取：%1。</translation>
    </message>
    <message>
        <source>These programs are needed for the build and are not installed: %1.</source>
        <translation>编译需要以下程序，但未安装：%1。</translation>
    </message>
    <message>
        <source>The build has failed; the last lines of its output say why. The command was: %1</source>
        <translation>编译失败，原因见输出的最后几行。执行的命令：%1</translation>
    </message>
    <message>
        <source>The new program cannot be run on this host: %1.</source>
        <translation>新程序无法在该主机上运行：%1。</translation>
    </message>
    <message>
        <source>The new program tells another version than expected: %1.</source>
        <translation>新程序显示的版本与预期不符：%1。</translation>
    </message>
    <message>
        <source>The data of the node is in %1, which the new program would replace.</source>
        <translation>节点的数据位于 %1，会被新程序覆盖。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>there are no hosts</source>
        <translation>没有主机</translation>
    </message>
    <message>
        <source>file descriptor %1 cannot be read</source>
        <translation>文件描述符 %1 无法读取</translation>
    </message>
    <message>
        <source>Password for %1: </source>
        <translation>%1 的密码：</translation>
    </message>
    <message>
        <source>Passphrase of %1: </source>
        <translation>%1 的密钥口令：</translation>
    </message>
    <message>
        <source>sudo password for %1: </source>
        <translation>%1 的 sudo 密码：</translation>
    </message>
    <message>
        <source>The cluster has nodes that are not in the list: %1</source>
        <translation>集群中有节点不在列表中：%1</translation>
    </message>
    <message>
        <source>package</source>
        <translation>安装包</translation>
    </message>
    <message numerus="yes">
        <source>%n check(s) do not allow the upgrade.</source>
        <translation>
            <numerusform>%n 项检查不允许升级。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s) are not accepted.</source>
        <translation>
            <numerusform>%n 项警告未被接受。</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept warnings in the profile (accepted:) or with --accept-warnings and a reason.</source>
        <translation>在配置文件中（accepted:）或用 --accept-warnings 填写理由以接受警告。</translation>
    </message>
    <message>
        <source>there is no package</source>
        <translation>没有安装包</translation>
    </message>
    <message>
        <source>The runbook is in %1.</source>
        <translation>操作手册已写入 %1。</translation>
    </message>
    <message>
        <source>The run stops after this step. Interrupt again to leave now; what runs on a host goes on there.</source>
        <translation>升级将在此步骤后停止。再次中断则立即退出；已在主机上启动的操作会继续。</translation>
    </message>
    <message>
        <source>The upgrade is complete.</source>
        <translation>升级已完成。</translation>
    </message>
    <message>
        <source>The run failed. After the cause is removed: kwdb-upgrade resume --run %1</source>
        <translation>升级失败。排除原因后执行：kwdb-upgrade resume --run %1</translation>
    </message>
    <message>
        <source>The run is stopped. Go on with: kwdb-upgrade resume --run %1</source>
        <translation>升级已停止。继续升级：kwdb-upgrade resume --run %1</translation>
    </message>
    <message>
        <source>Report: %1</source>
        <translation>报告：%1</translation>
    </message>
    <message>
        <source>There are no runs yet.</source>
        <translation>还没有升级运行。</translation>
    </message>
    <message>
        <source>The old version is back.</source>
        <translation>已退回旧版本。</translation>
    </message>
    <message>
        <source>The upgrade failed and was taken back: the nodes concerned run version %1 again. This run is over; after the cause is removed, begin a new one.</source>
        <translation>升级失败并已回退：相关节点重新运行版本 %1。本次升级运行已结束；排除原因后请开始新的升级。</translation>
    </message>
</context>
<context>
    <name>Signature</name>
    <message>
        <source>The login user may not run commands as root on this host.</source>
        <translation>登录用户无权在该主机上以 root 执行命令。</translation>
    </message>
    <message>
        <source>Give the user the sudo right for all commands, or log in as a user who has it.</source>
        <translation>授予该用户执行所有命令的 sudo 权限，或以有权限的用户登录。</translation>
    </message>
    <message>
        <source>The sudo password was not accepted, or the user has no sudo right.</source>
        <translation>sudo 密码未被接受，或该用户没有 sudo 权限。</translation>
    </message>
    <message>
        <source>Enter the right sudo password for this host, or use a user with the sudo right.</source>
        <translation>输入该主机正确的 sudo 密码，或换用有 sudo 权限的用户。</translation>
    </message>
    <message>
        <source>The command needs root, and the login user cannot become root without a password.</source>
        <translation>命令需要 root 权限，登录用户无法免密成为 root。</translation>
    </message>
    <message>
        <source>Enter the sudo password for this host, or allow sudo without a password.</source>
        <translation>输入该主机的 sudo 密码，或配置 sudo 免密。</translation>
    </message>
    <message>
        <source>The service&apos;s unit file has an ExecStartPre line that cannot run: the installer did not find sysctl.</source>
        <translation>服务单元文件中的 ExecStartPre 行无法执行：安装程序未找到 sysctl。</translation>
    </message>
    <message>
        <source>Write the full path of sysctl into the ExecStartPre line of /etc/systemd/system/kaiwudb.service, then run systemctl daemon-reload.</source>
        <translation>在 /etc/systemd/system/kaiwudb.service 的 ExecStartPre 行中写入 sysctl 的完整路径，然后执行 systemctl daemon-reload。</translation>
    </message>
    <message>
        <source>The upgrade script cannot write into the directory of the unpacked package.</source>
        <translation>升级脚本无法写入解压后的安装包目录。</translation>
    </message>
    <message>
        <source>Unpack the package on a local, writable file system and check its free space.</source>
        <translation>将安装包解压到本地可写的文件系统，并检查可用空间。</translation>
    </message>
    <message>
        <source>The path of the unpacked package contains a blank, which the upgrade script cannot handle.</source>
        <translation>解压后的安装包路径中含有空格，升级脚本无法处理。</translation>
    </message>
    <message>
        <source>Unpack the package into a directory without blanks in its path.</source>
        <translation>将安装包解压到路径不含空格的目录。</translation>
    </message>
    <message>
        <source>The upgrade script finds no installed KWDB: /etc/systemd/system/kaiwudb.service is missing.</source>
        <translation>升级脚本未找到已安装的 KWDB：缺少 /etc/systemd/system/kaiwudb.service。</translation>
    </message>
    <message>
        <source>Check that this is the right host. If the unit file was removed, put it back from a backup or another node.</source>
        <translation>确认主机无误。如果单元文件被删除，从备份或其他节点恢复。</translation>
    </message>
    <message>
        <source>The unpacked package is not complete.</source>
        <translation>解压后的安装包不完整。</translation>
    </message>
    <message>
        <source>Get the complete release archive and stage it again.</source>
        <translation>获取完整的安装包，重新暂存。</translation>
    </message>
    <message>
        <source>The upgrade script cannot read how KWDB was installed from /etc/kaiwudb/info/MODE.</source>
        <translation>升级脚本无法从 /etc/kaiwudb/info/MODE 读取 KWDB 的安装方式。</translation>
    </message>
    <message>
        <source>Compare the file with that of another node and correct it.</source>
        <translation>与其他节点上的该文件比对并更正。</translation>
    </message>
    <message>
        <source>The package is for containers and the installation is not, or the other way round.</source>
        <translation>安装包与现有安装类型不符：一个用于容器，另一个不是。</translation>
    </message>
    <message>
        <source>Get the release archive of the same kind as the installation. Nothing was changed.</source>
        <translation>获取与现有安装类型相同的安装包。未做任何更改。</translation>
    </message>
    <message>
        <source>The package is a test version of the release that is installed.</source>
        <translation>安装包是已安装版本的测试版。</translation>
    </message>
    <message>
        <source>Use a release that is newer than the installed one. Nothing was changed.</source>
        <translation>使用高于已安装版本的正式版本。未做任何更改。</translation>
    </message>
    <message>
        <source>The version of the package is already installed, or the package is not newer.</source>
        <translation>安装包的版本已安装，或不高于已安装版本。</translation>
    </message>
    <message>
        <source>Look at the version on the node. If an earlier try got this far, only the start of the service may be left to do.</source>
        <translation>查看节点上的版本。如果之前已执行到此处，可能只剩启动服务。</translation>
    </message>
    <message>
        <source>The package is older than the installed version.</source>
        <translation>安装包低于已安装版本。</translation>
    </message>
    <message>
        <source>Use a newer package. To go back to an older version, restore a backup. Nothing was changed.</source>
        <translation>使用更新版本的安装包。如需降级，从备份还原。未做任何更改。</translation>
    </message>
    <message>
        <source>The upgrade script does not allow the step between these two hotfix, patch or enhancement versions.</source>
        <translation>升级脚本不允许在这两个 hotfix、patch 或 enhancement 版本之间升级。</translation>
    </message>
    <message>
        <source>Ask the vendor whether the script&apos;s option --bypass-version-check may be used here.</source>
        <translation>向厂商确认此处能否使用脚本选项 --bypass-version-check。</translation>
    </message>
    <message>
        <source>The node is a single node and still runs; the script upgrades it only when it is stopped.</source>
        <translation>该节点为单机且仍在运行；脚本只在停止后升级单机。</translation>
    </message>
    <message>
        <source>Stop the service, then retry. Nothing was changed.</source>
        <translation>停止服务，然后重试。未做任何更改。</translation>
    </message>
    <message>
        <source>The cluster cannot be upgraded node by node while it runs: another node could not be reached.</source>
        <translation>集群无法在线逐节点升级：另一个节点无法连接。</translation>
    </message>
    <message>
        <source>Upgrade a single-replica cluster with all nodes stopped. In a multi-replica cluster, check the network between the nodes, then retry.</source>
        <translation>单副本集群须停止所有节点后升级。多副本集群检查节点之间的网络，然后重试。</translation>
    </message>
    <message>
        <source>Another node of the cluster is down, is being removed, or is still marked as upgrading.</source>
        <translation>集群中另一个节点失效、正在移除或仍被标记为升级中。</translation>
    </message>
    <message>
        <source>Bring all nodes to the live state, then retry. Nothing was changed.</source>
        <translation>使所有节点恢复存活状态，然后重试。未做任何更改。</translation>
    </message>
    <message>
        <source>The cluster does not accept this node for an upgrade now; it may be marked as upgrading already.</source>
        <translation>集群当前不接受该节点升级；该节点可能已被标记为升级中。</translation>
    </message>
    <message>
        <source>Look at the node&apos;s status. A node that stays marked is freed by one restart with --upgrade-complete.</source>
        <translation>查看节点状态。停留在升级中标记的节点，以 --upgrade-complete 重启一次即可解除。</translation>
    </message>
    <message>
        <source>The upgrade script could not find the node&apos;s own id: the last line of MODE is not the address that the cluster shows.</source>
        <translation>升级脚本找不到节点自身的 ID：MODE 最后一行不是集群显示的地址。</translation>
    </message>
    <message>
        <source>Compare the last line of /etc/kaiwudb/info/MODE with the node&apos;s address in the node status.</source>
        <translation>将 /etc/kaiwudb/info/MODE 的最后一行与节点状态中的地址比对。</translation>
    </message>
    <message>
        <source>The cluster could not change the setting server.time_until_store_dead.</source>
        <translation>集群无法修改设置 server.time_until_store_dead。</translation>
    </message>
    <message>
        <source>Check that the cluster has a majority of its nodes, then retry.</source>
        <translation>检查集群是否有多数节点存活，然后重试。</translation>
    </message>
    <message>
        <source>Another program holds the lock of the package manager, for example an automatic update.</source>
        <translation>软件包管理器的锁被其他程序占用，例如自动更新。</translation>
    </message>
    <message>
        <source>Wait until that program has finished, then retry. Do not delete the lock file.</source>
        <translation>等待该程序结束，然后重试。不要删除锁文件。</translation>
    </message>
    <message>
        <source>A package that KWDB depends on is not installed on the host.</source>
        <translation>主机上未安装 KWDB 依赖的软件包。</translation>
    </message>
    <message>
        <source>Install the package named in the output, then retry: the script repairs the half-installed state.</source>
        <translation>安装输出中指出的软件包，然后重试：脚本会修复安装到一半的状态。</translation>
    </message>
    <message>
        <source>The package or program was built for another kind of processor.</source>
        <translation>软件包或程序是为其他处理器架构编译的。</translation>
    </message>
    <message>
        <source>Get the release archive for the architecture of this host.</source>
        <translation>获取适用于该主机架构的安装包。</translation>
    </message>
    <message>
        <source>The disk of the Docker images is full.</source>
        <translation>Docker 镜像所在磁盘已满。</translation>
    </message>
    <message>
        <source>Free space below Docker&apos;s data directory, then retry. The container was not removed.</source>
        <translation>释放 Docker 数据目录的空间，然后重试。容器未被删除。</translation>
    </message>
    <message>
        <source>A disk of the host is full.</source>
        <translation>主机磁盘已满。</translation>
    </message>
    <message>
        <source>Free space on the file system named in the output, then retry.</source>
        <translation>释放输出中指出的文件系统的空间，然后重试。</translation>
    </message>
    <message>
        <source>A file system of the host is mounted read-only.</source>
        <translation>主机的某个文件系统以只读方式挂载。</translation>
    </message>
    <message>
        <source>Find out why (often a disk error), make it writable, then retry.</source>
        <translation>查明原因（常见为磁盘错误），恢复可写，然后重试。</translation>
    </message>
    <message>
        <source>The user may not talk to the Docker daemon.</source>
        <translation>该用户无权访问 Docker 守护进程。</translation>
    </message>
    <message>
        <source>Use root, or add the user to the group docker and log in again.</source>
        <translation>使用 root，或将该用户加入 docker 组并重新登录。</translation>
    </message>
    <message>
        <source>The Docker daemon does not run.</source>
        <translation>Docker 守护进程未运行。</translation>
    </message>
    <message>
        <source>Start Docker on the host, then retry.</source>
        <translation>启动主机上的 Docker，然后重试。</translation>
    </message>
    <message>
        <source>The program docker-compose is not found; the script needs it under this very name.</source>
        <translation>找不到程序 docker-compose；脚本要求使用这个名称。</translation>
    </message>
    <message>
        <source>Install docker-compose into a directory of root&apos;s PATH, then retry.</source>
        <translation>将 docker-compose 安装到 root 的 PATH 所含目录，然后重试。</translation>
    </message>
    <message>
        <source>The script calls Docker in a way that needs a terminal.</source>
        <translation>脚本调用 Docker 的方式需要终端。</translation>
    </message>
    <message>
        <source>Look at the state of the node first; the upgrade itself may be complete.</source>
        <translation>先查看节点状态；升级本身可能已完成。</translation>
    </message>
    <message>
        <source>Docker could not load the image of the package.</source>
        <translation>Docker 无法加载安装包中的镜像。</translation>
    </message>
    <message>
        <source>Read Docker&apos;s message in the output, correct the cause, then retry.</source>
        <translation>查看输出中 Docker 的信息，处理原因后重试。</translation>
    </message>
    <message>
        <source>An installation was interrupted and a package is half-installed.</source>
        <translation>安装曾被中断，有软件包只安装了一半。</translation>
    </message>
    <message>
        <source>Retry: running the script again repairs this state.</source>
        <translation>重试：再次执行脚本会修复该状态。</translation>
    </message>
    <message>
        <source>A file of the new package belongs to another installed package.</source>
        <translation>新软件包中的某个文件属于另一个已安装的软件包。</translation>
    </message>
    <message>
        <source>Find the package named in the output and remove it if it is an old KWDB package, then retry.</source>
        <translation>查找输出中指出的软件包，如果是旧的 KWDB 软件包则卸载，然后重试。</translation>
    </message>
    <message>
        <source>The package manager says that the package is already installed.</source>
        <translation>软件包管理器提示该软件包已安装。</translation>
    </message>
    <message>
        <source>Look at the installed packages and the version on the node before you retry.</source>
        <translation>重试之前，查看节点上已安装的软件包和版本。</translation>
    </message>
    <message>
        <source>A package file is damaged.</source>
        <translation>软件包文件已损坏。</translation>
    </message>
    <message>
        <source>Get the release archive again, compare its checksum, and stage it again.</source>
        <translation>重新获取安装包，比对校验值，然后重新暂存。</translation>
    </message>
    <message>
        <source>The new version is installed, but the service did not start. The node is still marked as upgrading.</source>
        <translation>新版本已安装，但服务未启动。节点仍被标记为升级中。</translation>
    </message>
    <message>
        <source>Read the service&apos;s log, correct the cause, and start the service. Do not run the script again.</source>
        <translation>查看服务日志，处理原因，然后启动服务。不要再次执行脚本。</translation>
    </message>
    <message>
        <source>The program file kwbase is missing or cannot be run: the packages are not installed.</source>
        <translation>程序文件 kwbase 缺失或无法执行：软件包未安装。</translation>
    </message>
    <message>
        <source>Run the upgrade of this node again; it installs the packages.</source>
        <translation>重新执行该节点的升级，升级会安装软件包。</translation>
    </message>
    <message>
        <source>The user under which the service runs does not exist on the host.</source>
        <translation>运行服务的用户在主机上不存在。</translation>
    </message>
    <message>
        <source>Create the user named in the unit file again, with the owner of the data directory, then retry.</source>
        <translation>按数据目录的属主重新创建单元文件中指定的用户，然后重试。</translation>
    </message>
    <message>
        <source>The node was started in another mode than the one its data was made with.</source>
        <translation>节点的启动模式与其数据的创建模式不同。</translation>
    </message>
    <message>
        <source>Start it with the same start command as before.</source>
        <translation>使用与之前相同的启动命令。</translation>
    </message>
    <message>
        <source>Version 3 needs the option --brpc-addr, and the unit file does not have it.</source>
        <translation>版本 3 需要选项 --brpc-addr，单元文件中没有。</translation>
    </message>
    <message>
        <source>An upgrade from 2.x to 3.x in place is not documented. Go back to the old version and use export and import.</source>
        <translation>文档不支持从 2.x 原地升级到 3.x。退回旧版本，采用导入导出升级。</translation>
    </message>
    <message>
        <source>The data was already used by a newer version and cannot be opened by this one.</source>
        <translation>数据已被更新的版本使用过，该版本无法打开。</translation>
    </message>
    <message>
        <source>Start the newer version, or restore the backup made before the upgrade.</source>
        <translation>启动较新的版本，或还原升级前的备份。</translation>
    </message>
    <message>
        <source>This version asks for an enterprise licence when a cluster node is restarted.</source>
        <translation>该版本在重启集群节点时要求企业许可证。</translation>
    </message>
    <message>
        <source>Go on to the newer version, or ask the vendor.</source>
        <translation>继续升级到更新的版本，或咨询厂商。</translation>
    </message>
    <message>
        <source>Another process uses the port of KWDB; perhaps the old process still runs.</source>
        <translation>KWDB 的端口被其他进程占用；可能是旧进程仍在运行。</translation>
    </message>
    <message>
        <source>Find the process that listens on the port, end it properly, then start the service.</source>
        <translation>找到监听该端口的进程，正常结束后启动服务。</translation>
    </message>
    <message>
        <source>A library that kwbase needs is missing.</source>
        <translation>缺少 kwbase 所需的库。</translation>
    </message>
    <message>
        <source>Check that both packages (server and libcommon) are installed in the same version, then run ldconfig.</source>
        <translation>确认两个软件包（server 和 libcommon）版本相同，然后执行 ldconfig。</translation>
    </message>
    <message>
        <source>The client certificates cannot be read or are not accepted.</source>
        <translation>客户端证书无法读取或未被接受。</translation>
    </message>
    <message>
        <source>Check the certificates below /etc/kaiwudb/certs: owner, rights and expiry.</source>
        <translation>检查 /etc/kaiwudb/certs 下的证书：属主、权限和有效期。</translation>
    </message>
    <message>
        <source>The database runs with another security mode than the one that was used to ask it.</source>
        <translation>数据库的安全模式与查询时使用的不同。</translation>
    </message>
    <message>
        <source>Compare line 8 of /etc/kaiwudb/info/MODE with the start command in the unit file.</source>
        <translation>将 /etc/kaiwudb/info/MODE 第 8 行与单元文件中的启动命令比对。</translation>
    </message>
    <message>
        <source>The process accepts connections but does not answer: the cluster has lost the majority of its nodes, or was never initialised.</source>
        <translation>进程接受连接但不响应：集群已失去多数节点，或从未初始化。</translation>
    </message>
    <message>
        <source>Start the other nodes. Do not stop any further node.</source>
        <translation>启动其他节点。不要再停止任何节点。</translation>
    </message>
    <message>
        <source>The database does not answer on its port.</source>
        <translation>数据库端口没有响应。</translation>
    </message>
    <message>
        <source>Check that the service runs and which port it listens on.</source>
        <translation>检查服务是否运行以及监听的端口。</translation>
    </message>
    <message>
        <source>The script could not read the node status from the running node.</source>
        <translation>脚本无法从运行中的节点读取节点状态。</translation>
    </message>
    <message>
        <source>Bring the node and the cluster to health, then retry. Nothing was changed.</source>
        <translation>使节点和集群恢复正常，然后重试。未做任何更改。</translation>
    </message>
    <message>
        <source>A program that the upgrade script needs is not installed on the host.</source>
        <translation>主机上未安装升级脚本所需的程序。</translation>
    </message>
    <message>
        <source>Install the program named in the output, then retry.</source>
        <translation>安装输出中指出的程序，然后重试。</translation>
    </message>
    <message>
        <source>The service ended by itself after its start.</source>
        <translation>服务启动后自行退出。</translation>
    </message>
    <message>
        <source>Read the service&apos;s log and the log below the data directory, correct the cause, then start the service.</source>
        <translation>查看服务日志和数据目录下的日志，处理原因，然后启动服务。</translation>
    </message>
    <message>
        <source>The packages could not be installed. The words &quot;Pipe create failed&quot; are misleading: the package manager&apos;s message follows them.</source>
        <translation>软件包无法安装。“Pipe create failed”有误导性：真正的原因见其后的软件包管理器信息。</translation>
    </message>
    <message>
        <source>Read the package manager&apos;s message, correct the cause, then retry: the script can be run again.</source>
        <translation>查看软件包管理器的信息，处理原因后重试：脚本可以再次执行。</translation>
    </message>
</context>
<context>
    <name>Ssh</name>
    <message>
        <source>SSH_AUTH_SOCK is not set</source>
        <translation>未设置 SSH_AUTH_SOCK</translation>
    </message>
    <message>
        <source>SSH_AUTH_SOCK is too long</source>
        <translation>SSH_AUTH_SOCK 过长</translation>
    </message>
    <message>
        <source>the agent did not list its keys</source>
        <translation>代理未列出密钥</translation>
    </message>
    <message>
        <source>the key file is damaged</source>
        <translation>密钥文件已损坏</translation>
    </message>
    <message>
        <source>its encryption is not supported</source>
        <translation>不支持其加密方式</translation>
    </message>
    <message>
        <source>not a private key of a supported type</source>
        <translation>不是受支持类型的私钥</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>OK</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation>提示</translation>
    </message>
</context>
<context>
    <name>VersionPath</name>
    <message>
        <source>Between the upgrade and the start the package&apos;s tool alter_tag must be run on the data directory.</source>
        <translation>在升级和启动之间，须对数据目录执行安装包中的工具 alter_tag。</translation>
    </message>
    <message>
        <source>After an export and import the high availability of the cluster may be affected.</source>
        <translation>导入导出升级后，集群的高可用性可能会受到影响。</translation>
    </message>
    <message>
        <source>The method script-live is not in the vendor&apos;s guide; it is what the vendor&apos;s script does on a running node.</source>
        <translation>script-live 方式不在官方升级指南中，是部署脚本对运行中节点的处理方式。</translation>
    </message>
    <message>
        <source>The clause PARTITION INTERVAL must be removed from exported table definitions.</source>
        <translation>导出的表定义中必须删除 PARTITION INTERVAL 子句。</translation>
    </message>
    <message>
        <source>For packages the vendor documents an interactive .run installer, which this program does not drive; container images are upgraded as documented.</source>
        <translation>对于软件包，厂商文档采用交互式 .run 安装程序，本程序不支持；容器镜像按文档升级。</translation>
    </message>
    <message>
        <source>The vendor&apos;s documents disagree: the guide upgrades a multi-replica cluster node by node, the release notes call this path an offline upgrade.</source>
        <translation>厂商文档不一致：升级指南对多副本集群逐节点升级，版本说明则将此路径归为离线升级。</translation>
    </message>
    <message>
        <source>At least five minutes before the first stop the cluster setting ts.raft_log.sync_period must be set to 0s.</source>
        <translation>在首次停止前至少五分钟，须将集群设置 ts.raft_log.sync_period 设为 0s。</translation>
    </message>
    <message>
        <source>The vendor documents no step between two builds of the same version; the vendor&apos;s script would accept this one.</source>
        <translation>厂商文档没有同一版本不同构建之间的升级；部署脚本会放行此次升级。</translation>
    </message>
    <message>
        <source>The vendor documents no step between two builds of the same version, and the vendor&apos;s script refuses this one.</source>
        <translation>厂商文档没有同一版本不同构建之间的升级，部署脚本会拒绝此次升级。</translation>
    </message>
    <message>
        <source>There is no downgrade in place: uninstall, install the old version, and restore the backup made before the upgrade.</source>
        <translation>不支持原地降级：须卸载、安装旧版本，再还原升级前的备份。</translation>
    </message>
</context>
<context>
    <name>WizardMain</name>
    <message>
        <source>Upgrades a KWDB database over SSH.</source>
        <translation>通过 SSH 升级 KWDB 数据库。</translation>
    </message>
    <message>
        <source>Open this profile.</source>
        <translation>打开此配置文件。</translation>
    </message>
    <message>
        <source>Offer the newest unfinished run first.</source>
        <translation>优先显示最近一次未完成的升级。</translation>
    </message>
    <message>
        <source>Language of the window: zh_CN or en.</source>
        <translation>界面语言：zh_CN 或 en。</translation>
    </message>
    <message>
        <source>Keep runs, known hosts and log here.</source>
        <translation>升级运行、已知主机和日志的存放目录。</translation>
    </message>
    <message>
        <source>Read this file of known hosts instead of ~/.ssh/known_hosts.</source>
        <translation>用该已知主机文件代替 ~/.ssh/known_hosts。</translation>
    </message>
</context>
<context>
    <name>Word</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>packages on the host</source>
        <translation>软件包安装</translation>
    </message>
    <message>
        <source>container of the deploy script</source>
        <translation>部署脚本容器安装</translation>
    </message>
    <message>
        <source>Docker Compose</source>
        <translation>Docker Compose</translation>
    </message>
    <message>
        <source>docker run</source>
        <translation>docker run</translation>
    </message>
    <message>
        <source>source build</source>
        <translation>源代码编译</translation>
    </message>
    <message>
        <source>single node</source>
        <translation>单机</translation>
    </message>
    <message>
        <source>single-replica cluster</source>
        <translation>单副本集群</translation>
    </message>
    <message>
        <source>multi-replica cluster</source>
        <translation>多副本集群</translation>
    </message>
    <message>
        <source>insecure</source>
        <translation>非安全模式</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS 安全模式</translation>
    </message>
    <message>
        <source>TLCP</source>
        <translation>TLCP 安全模式</translation>
    </message>
    <message>
        <source>.deb packages</source>
        <translation>.deb 软件包</translation>
    </message>
    <message>
        <source>.rpm packages</source>
        <translation>.rpm 软件包</translation>
    </message>
    <message>
        <source>container image</source>
        <translation>容器镜像</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>waiting for a decision</source>
        <translation>等待决定</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>image of docker</source>
        <translation>docker 镜像</translation>
    </message>
    <message>
        <source>new cluster</source>
        <translation>新集群</translation>
    </message>
    <message>
        <source>source tree</source>
        <translation>源代码</translation>
    </message>
    <message>
        <source>finished build</source>
        <translation>已编译程序</translation>
    </message>
</context>
<context>
    <name>kwup::AvailabilityStrip</name>
    <message>
        <source>The cluster has not been read yet.</source>
        <translation>尚未读取集群状态。</translation>
    </message>
    <message numerus="yes">
        <source>Of %n reading(s): all nodes up in %1, some nodes down in %2, no answer in %3.</source>
        <translation>
            <numerusform>%n 次读数：所有节点正常 %1 次，部分节点失效 %2 次，无响应 %3 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Availability of the cluster</source>
        <translation>集群可用性</translation>
    </message>
</context>
<context>
    <name>kwup::BackupPage</name>
    <message>
        <source>Choose one answer and fill in its fields.</source>
        <translation>选择一项答复并填写其内容。</translation>
    </message>
    <message>
        <source>The upgrade goes on without a backup. This and the reason are recorded in the report.</source>
        <translation>升级将在没有备份的情况下进行。此选择及理由会写入报告。</translation>
    </message>
    <message>
        <source>The question for a backup is answered.</source>
        <translation>备份问题已答复。</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>An upgrade cannot be taken back without a backup. One of the three answers is needed, and it is recorded.</source>
        <translation>没有备份就无法撤销升级。必须从三项中选择一项，选择会被记录。</translation>
    </message>
    <message>
        <source>Make a &amp;cold copy of each node</source>
        <translation>对每个节点做冷备份(&amp;C)</translation>
    </message>
    <message>
        <source>After a node has stopped and before its packages change, the data directory, /etc/kaiwudb and the unit file are copied on the host itself and the copy is read back.</source>
        <translation>节点停止后、软件包更改前，在该主机上复制数据目录、/etc/kaiwudb 和单元文件，并读回校验。</translation>
    </message>
    <message>
        <source>&amp;Directory on each host</source>
        <translation>各主机上的目录(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Name a backup that exists</source>
        <translation>指定已有备份(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Where it is and when it was made</source>
        <translation>备份的位置和时间(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Go without a backup</source>
        <translation>不做备份(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Type the sentence &quot;%1&quot;</source>
        <translation>输入“%1”(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>理由(&amp;R)</translation>
    </message>
    <message>
        <source>The data and settings that are on the hosts now are set aside there under other names, not deleted.</source>
        <translation>主机上现有的数据和设置会改名保留在原主机上，不会删除。</translation>
    </message>
    <message>
        <source>Going back needs no new backup: it puts one back.</source>
        <translation>退回旧版本不需要新的备份：它要还原已有的备份。</translation>
    </message>
    <message>
        <source>Export and import stop no node, so nothing can be copied cold. The present cluster keeps its data.</source>
        <translation>导入导出升级不停止任何节点，因此无法做冷备份。现有集群的数据保持不变。</translation>
    </message>
    <message>
        <source>After a node has stopped and before its container is replaced, the data directory and the description of the container are copied on the host itself and the copy is read back.</source>
        <translation>节点停止后、容器替换前，在该主机上复制数据目录和容器的描述信息，并读回校验。</translation>
    </message>
    <message>
        <source>After a node has stopped and before its program is replaced, the data directory, the certificates and the command line are copied on the host itself and the copy is read back.</source>
        <translation>节点停止后、替换程序之前，会在该主机上拷贝数据目录、证书和启动命令行，并回读校验拷贝。</translation>
    </message>
    <message>
        <source>The vendor&apos;s script restarts each node by itself, so nothing can be copied cold. Make a backup beforehand and name it.</source>
        <translation>厂商脚本会自行重启每个节点，因此无法进行冷备份。请事先备份并填写备份位置。</translation>
    </message>
</context>
<context>
    <name>kwup::BeforeAfterModel</name>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Version before</source>
        <translation>升级前版本</translation>
    </message>
    <message>
        <source>Version after</source>
        <translation>升级后版本</translation>
    </message>
    <message>
        <source>Binary after</source>
        <translation>升级后程序文件</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Not verified</source>
        <translation>未验证</translation>
    </message>
    <message>
        <source>Upgraded</source>
        <translation>已升级</translation>
    </message>
    <message>
        <source>Not upgraded</source>
        <translation>未升级</translation>
    </message>
    <message>
        <source>Kept as it was</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Not back</source>
        <translation>未退回</translation>
    </message>
    <message>
        <source>Old version in place</source>
        <translation>已恢复旧版本</translation>
    </message>
</context>
<context>
    <name>kwup::CheckModel</name>
    <message>
        <source>Passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Blocks the upgrade</source>
        <translation>阻止升级</translation>
    </message>
    <message>
        <source>Does not apply</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Warning, accepted</source>
        <translation>警告，已接受</translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation>提示</translation>
    </message>
</context>
<context>
    <name>kwup::ChecksPage</name>
    <message>
        <source>%1 on %2</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>处理办法</translation>
    </message>
    <message>
        <source>Why it matters</source>
        <translation>检查原因</translation>
    </message>
    <message>
        <source>Accepted because</source>
        <translation>接受理由</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Command that read it</source>
        <translation>采集命令</translation>
    </message>
    <message>
        <source>The hosts are being read again…</source>
        <translation>正在重新读取主机…</translation>
    </message>
    <message numerus="yes">
        <source>%n check(s) do not allow the upgrade.</source>
        <translation>
            <numerusform>%n 项检查不允许升级。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s) must be corrected or accepted with a reason.</source>
        <translation>
            <numerusform>%n 项警告须处理，或填写理由接受。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing stands against the upgrade.</source>
        <translation>没有阻碍升级的问题。</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Everything that can be checked beforehand, all findings at once. Beside it: the cluster as it is now.</source>
        <translation>列出升级前能检查的全部项目和结论。旁边为集群的当前状态。</translation>
    </message>
    <message>
        <source>Details of the selected check</source>
        <translation>所选检查的详细信息</translation>
    </message>
    <message>
        <source>Run &amp;all again</source>
        <translation>全部重新检查(&amp;A)</translation>
    </message>
    <message>
        <source>Run the selected one a&amp;gain</source>
        <translation>重新检查所选项(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Reason to accept the warning</source>
        <translation>接受警告的理由(&amp;R)</translation>
    </message>
    <message>
        <source>Ac&amp;cept the warning</source>
        <translation>接受警告(&amp;C)</translation>
    </message>
</context>
<context>
    <name>kwup::ClusterPanel</name>
    <message>
        <source>Read from %1 at %2. The sums of the ranges could not be read.</source>
        <translation>读自 %1，时间 %2。无法读取 Range 汇总。</translation>
    </message>
    <message>
        <source>Ranges unavailable: %1, under-replicated: %2. Read from %3 at %4.</source>
        <translation>不可用 Range：%1，副本不足 Range：%2。读自 %3，时间 %4。</translation>
    </message>
    <message>
        <source>Status of the cluster</source>
        <translation>集群状态</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>If a node stops now</source>
        <translation>停止节点的影响</translation>
    </message>
    <message>
        <source>Nodes of the cluster</source>
        <translation>集群节点</translation>
    </message>
    <message>
        <source>Jobs of the database</source>
        <translation>数据库作业</translation>
    </message>
    <message>
        <source>What breaks if a node stops now</source>
        <translation>停止某个节点的影响</translation>
    </message>
</context>
<context>
    <name>kwup::DiscoverPage</name>
    <message numerus="yes">
        <source>%1 of %n host(s) read</source>
        <translation>
            <numerusform>已读取 %1/%n 台主机</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Read a&amp;gain</source>
        <translation>重新读取(&amp;G)</translation>
    </message>
    <message>
        <source>The hosts are being read…</source>
        <translation>正在读取主机…</translation>
    </message>
    <message>
        <source>No upgrade method can be used here; the tab Upgrade method shows why.</source>
        <translation>没有可用的升级方式；原因见“升级方式”选项卡。</translation>
    </message>
    <message>
        <source>All hosts were read. Proposed method: %1.</source>
        <translation>所有主机均已读取。建议的升级方式：%1。</translation>
    </message>
    <message>
        <source>Connect and discover</source>
        <translation>连接与采集</translation>
    </message>
    <message>
        <source>All hosts are read at once and nothing is changed. Each fact is shown with the command that read it.</source>
        <translation>同时读取所有主机，不做任何更改。每项信息均附采集命令。</translation>
    </message>
    <message>
        <source>Hosts read</source>
        <translation>主机读取进度</translation>
    </message>
    <message>
        <source>Facts of all hosts</source>
        <translation>所有主机的信息</translation>
    </message>
    <message>
        <source>Facts of the selected host</source>
        <translation>所选主机的信息</translation>
    </message>
    <message>
        <source>Upgrade methods</source>
        <translation>升级方式列表</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Upgrade method</source>
        <translation>升级方式</translation>
    </message>
    <message>
        <source>&amp;Upgrade method</source>
        <translation>升级方式(&amp;U)</translation>
    </message>
</context>
<context>
    <name>kwup::ErrorCard</name>
    <message>
        <source>What happened</source>
        <translation>发生的问题</translation>
    </message>
    <message>
        <source>Probable cause: %1</source>
        <translation>可能原因：%1</translation>
    </message>
    <message>
        <source>What to do: %1</source>
        <translation>处理办法：%1</translation>
    </message>
    <message>
        <source>The node now: %1</source>
        <translation>节点当前状态：%1</translation>
    </message>
    <message>
        <source>Show the command and the raw te&amp;xt</source>
        <translation>显示命令和原始文本(&amp;X)</translation>
    </message>
    <message>
        <source>Command and raw text</source>
        <translation>命令和原始文本</translation>
    </message>
    <message>
        <source>Command:
%1</source>
        <translation>命令：
%1</translation>
    </message>
    <message>
        <source>Exit code: %1</source>
        <translation>退出码：%1</translation>
    </message>
    <message>
        <source>Output:
%1</source>
        <translation>输出：
%1</translation>
    </message>
    <message>
        <source>Log of the service:
%1</source>
        <translation>服务日志：
%1</translation>
    </message>
</context>
<context>
    <name>kwup::FactDetailsModel</name>
    <message>
        <source>Fact</source>
        <translation>采集项</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Command that read it</source>
        <translation>采集命令</translation>
    </message>
</context>
<context>
    <name>kwup::FactsTableModel</name>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>部署方式</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>拓扑</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Data directory</source>
        <translation>数据目录</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>可用空间</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Root by</source>
        <translation>root 途径</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>安全模式</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>Not KWDB</source>
        <translation>非 KWDB</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读取</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新集群</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>现有集群</translation>
    </message>
</context>
<context>
    <name>kwup::FingerprintDialog</name>
    <message>
        <source>Unknown host keys</source>
        <translation>未知的主机密钥</translation>
    </message>
    <message>
        <source>These hosts are not known yet. Compare each fingerprint with the one the host&apos;s administrator gives you, or with the output of ssh-keygen -lf on the host&apos;s own console. Trusted keys are remembered.</source>
        <translation>以下主机尚未登记。将每个指纹与主机管理员提供的指纹，或在主机控制台上用 ssh-keygen -lf 得到的输出比对。受信任的密钥会被记住。</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Key type</source>
        <translation>密钥类型</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>SHA-256 指纹</translation>
    </message>
    <message>
        <source>Trust &amp;all keys shown</source>
        <translation>信任显示的所有密钥(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Trust the selected key</source>
        <translation>信任所选密钥(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Refuse the selected key</source>
        <translation>拒绝所选密钥(&amp;R)</translation>
    </message>
</context>
<context>
    <name>kwup::HostTableModel</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>认证方式</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>Root by</source>
        <translation>root 途径</translation>
    </message>
    <message>
        <source>Jump host</source>
        <translation>跳板机</translation>
    </message>
    <message>
        <source>From the defaults for all hosts</source>
        <translation>取自所有主机的默认值</translation>
    </message>
    <message>
        <source>Present</source>
        <extracomment>The cluster whose data and version are there now.</extracomment>
        <translation>现有集群</translation>
    </message>
    <message>
        <source>New</source>
        <extracomment>The cluster that takes over the data of the present one.</extracomment>
        <translation>新集群</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Hosts of a new cluster take over the data of the present one; nothing is installed on them.</source>
        <translation>新集群的主机接收现有集群的数据；不会在这些主机上安装任何软件。</translation>
    </message>
</context>
<context>
    <name>kwup::HostsPage</name>
    <message>
        <source>Import hosts</source>
        <translation>导入主机</translation>
    </message>
    <message>
        <source>Host lists (*.cfg *.csv *.yaml *.yml);;All files (*)</source>
        <translation>主机列表 (*.cfg *.csv *.yaml *.yml);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Save the profile</source>
        <translation>保存配置文件</translation>
    </message>
    <message>
        <source>Paste a list of hosts</source>
        <translation>粘贴主机列表</translation>
    </message>
    <message>
        <source>One host a line: address, user@address or user@address:port</source>
        <translation>每行一台主机：地址、用户@地址 或 用户@地址:端口</translation>
    </message>
    <message>
        <source>Looking for the other nodes of the cluster…</source>
        <translation>正在查找集群的其他节点…</translation>
    </message>
    <message>
        <source>The list already has every node of the cluster.</source>
        <translation>列表已包含集群的所有节点。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) were found and added.</source>
        <translation>
            <numerusform>找到并添加了 %n 个节点。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n host(s) are ready to connect to.</source>
        <translation>
            <numerusform>%n 台主机可以连接。</numerusform>
        </translation>
    </message>
    <message>
        <source>Hosts and credentials</source>
        <translation>主机与凭据</translation>
    </message>
    <message>
        <source>These are the hosts of the unfinished run. Enter what the logins need; passwords are never stored.</source>
        <translation>以下是未完成的升级中的主机。输入登录所需信息；密码不会保存。</translation>
    </message>
    <message>
        <source>A&amp;dd</source>
        <translation>添加(&amp;D)</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>移除(&amp;M)</translation>
    </message>
    <message>
        <source>Paste a &amp;list…</source>
        <translation>粘贴列表(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>Find the &amp;other nodes from this one</source>
        <translation>由此节点查找其他节点(&amp;O)</translation>
    </message>
    <message>
        <source>Sa&amp;ve as a profile…</source>
        <translation>保存为配置文件(&amp;V)…</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Defaults for all hosts</source>
        <translation>所有主机的默认值</translation>
    </message>
    <message>
        <source>Selected hosts</source>
        <translation>所选主机</translation>
    </message>
    <message>
        <source>How to log in</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>&amp;Resume the run</source>
        <translation>继续升级(&amp;R)</translation>
    </message>
    <message>
        <source>List every node of one cluster. Values in italics come from the defaults for all hosts. Passwords are never stored. If the data is to move to a new cluster, list its hosts too and mark them in the column Cluster.</source>
        <translation>请列出同一集群的每个节点。斜体值来自所有主机的默认值。密码从不保存。如需将数据迁移到新集群，请同时列出新集群的主机，并在“集群”列中标记。</translation>
    </message>
</context>
<context>
    <name>kwup::ImpactTableModel</name>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>If it stops now</source>
        <translation>现在停止的影响</translation>
    </message>
    <message>
        <source>Leases that move</source>
        <translation>需转移的租约</translation>
    </message>
    <message>
        <source>Ranges that lose quorum</source>
        <translation>失去多数副本的 Range</translation>
    </message>
    <message>
        <source>The whole cluster stops answering</source>
        <translation>整个集群停止响应</translation>
    </message>
    <message>
        <source>The range table could not be read</source>
        <translation>无法读取 Range 表</translation>
    </message>
    <message>
        <source>Part of the data cannot be read or written</source>
        <translation>部分数据无法读写</translation>
    </message>
    <message>
        <source>Clients of the other nodes go on</source>
        <translation>其他节点的客户端不受影响</translation>
    </message>
</context>
<context>
    <name>kwup::JobTableModel</name>
    <message>
        <source>Job</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>%1 %</source>
        <extracomment>A share in percent</extracomment>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>kwup::KeptModel</name>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Command that removes it</source>
        <translation>删除命令</translation>
    </message>
</context>
<context>
    <name>kwup::LoginPanel</name>
    <message>
        <source>&amp;User</source>
        <translation>用户(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>端口(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Authentication</source>
        <translation>认证方式(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Key file</source>
        <translation>密钥文件(&amp;K)</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>密码(&amp;W)</translation>
    </message>
    <message>
        <source>Passp&amp;hrase of the key</source>
        <translation>密钥口令(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Root by</source>
        <translation>root 途径(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Sudo password</source>
        <translation>sudo 密码(&amp;S)</translation>
    </message>
    <message>
        <source>Address of the jump host</source>
        <translation>跳板机地址</translation>
    </message>
    <message>
        <source>Port of the jump host</source>
        <translation>跳板机端口</translation>
    </message>
    <message>
        <source>User on the jump host</source>
        <translation>跳板机用户</translation>
    </message>
    <message>
        <source>Authentication there</source>
        <translation>跳板机认证方式</translation>
    </message>
    <message>
        <source>Key file for it</source>
        <translation>跳板机密钥文件</translation>
    </message>
    <message>
        <source>Password there</source>
        <translation>跳板机密码</translation>
    </message>
    <message>
        <source>Passphrase of its key</source>
        <translation>跳板机密钥口令</translation>
    </message>
    <message>
        <source>Private key file</source>
        <translation>私钥文件</translation>
    </message>
    <message>
        <source>As in the defaults</source>
        <translation>同默认值</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Browse for the key file</source>
        <translation>浏览密钥文件</translation>
    </message>
    <message>
        <source>Browse for the key file of the jump host</source>
        <translation>浏览跳板机的密钥文件</translation>
    </message>
    <message>
        <source>Through a &amp;jump host</source>
        <translation>经由跳板机(&amp;J)</translation>
    </message>
    <message>
        <source>Empty: the login password</source>
        <translation>留空：使用登录密码</translation>
    </message>
</context>
<context>
    <name>kwup::MethodTableModel</name>
    <message>
        <source>Method</source>
        <translation>升级方式</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>是否可用</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Possible</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>不可用</translation>
    </message>
</context>
<context>
    <name>kwup::MovedTableModel</name>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Rows before</source>
        <translation>迁移前行数</translation>
    </message>
    <message>
        <source>Rows on the new cluster</source>
        <translation>新集群中的行数</translation>
    </message>
    <message>
        <source>Compared by</source>
        <translation>比对依据</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Rows and checksum</source>
        <translation>行数和校验和</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>Different</source>
        <translation>不一致</translation>
    </message>
</context>
<context>
    <name>kwup::NodeTableModel</name>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>启动时间</translation>
    </message>
    <message>
        <source>Leaseholders</source>
        <translation>租约持有者</translation>
    </message>
    <message>
        <source>Ranges</source>
        <translation>Range</translation>
    </message>
    <message>
        <source>Unavailable</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Under-replicated</source>
        <translation>副本不足</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Draining</source>
        <translation>排空中</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Live, not available</source>
        <translation>存活但不可用</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>失效</translation>
    </message>
</context>
<context>
    <name>kwup::OptionsForm</name>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Browse: %1</source>
        <translation>浏览：%1</translation>
    </message>
</context>
<context>
    <name>kwup::PackagePage</name>
    <message>
        <source>Packages for Debian and its relatives (.deb)</source>
        <translation>Debian 系软件包（.deb）</translation>
    </message>
    <message>
        <source>Packages for Red Hat and its relatives (.rpm)</source>
        <translation>Red Hat 系软件包（.rpm）</translation>
    </message>
    <message>
        <source>Container image (KaiwuDB.tar)</source>
        <translation>容器镜像（KaiwuDB.tar）</translation>
    </message>
    <message>
        <source>Choose the release archive</source>
        <translation>选择安装包</translation>
    </message>
    <message>
        <source>Release archives (*.tar.gz *.tgz)</source>
        <translation>安装包 (*.tar.gz *.tgz)</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>SHA-256 of deploy.sh</source>
        <translation>deploy.sh 的 SHA-256</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>%1, %2 unpacked</source>
        <translation>%1，解压后 %2</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>来源：%1</translation>
    </message>
    <message>
        <source>The upgrade from %1 to %2 by this method is documented.</source>
        <translation>以此方式从 %1 升级到 %2 有文档支持。</translation>
    </message>
    <message>
        <source>The upgrade from %1 to %2 is documented for another method only: %3.</source>
        <translation>从 %1 升级到 %2 的文档采用其他方式：%3。</translation>
    </message>
    <message>
        <source>The upgrade from %1 to %2 needs several steps: %3.</source>
        <translation>从 %1 升级到 %2 需要分多步：%3。</translation>
    </message>
    <message>
        <source>The installed version is already %1.</source>
        <translation>已安装版本已是 %1。</translation>
    </message>
    <message>
        <source>The package holds %1, which is older than the installed %2.</source>
        <translation>安装包为 %1，低于已安装的 %2。</translation>
    </message>
    <message>
        <source>The upgrade from %1 to %2 is not documented by the vendor.</source>
        <translation>厂商文档不支持从 %1 升级到 %2。</translation>
    </message>
    <message>
        <source>Package</source>
        <translation>安装包</translation>
    </message>
    <message>
        <source>Choose the release archive of the new version. It is read here without being unpacked; nothing is sent to a host yet.</source>
        <translation>选择新版本的安装包。安装包在本机直接读取，不解压；此时不向主机发送任何内容。</translation>
    </message>
    <message>
        <source>Release &amp;archive (.tar.gz)</source>
        <translation>安装包（.tar.gz）(&amp;A)</translation>
    </message>
    <message>
        <source>B&amp;rowse…</source>
        <translation>浏览(&amp;R)…</translation>
    </message>
    <message>
        <source>Archive read</source>
        <translation>安装包读取进度</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Settings of this upgrade method</source>
        <translation>此升级方式的设置</translation>
    </message>
    <message>
        <source>Image of docker</source>
        <translation>docker 镜像</translation>
    </message>
    <message>
        <source>Nothing is installed: the new cluster has its version already</source>
        <translation>无需安装：新集群已是目标版本</translation>
    </message>
    <message>
        <source>Choose the image archive</source>
        <translation>选择镜像归档文件</translation>
    </message>
    <message>
        <source>Image archives (*.tar *.tar.gz *.tgz);;All files (*)</source>
        <translation>镜像归档文件 (*.tar *.tar.gz *.tgz);;所有文件 (*)</translation>
    </message>
    <message>
        <source>New cluster</source>
        <translation>新集群</translation>
    </message>
    <message>
        <source>The new cluster has the new version already, so no package is needed. Choose here what is moved.</source>
        <translation>新集群已是新版本，因此不需要安装包。请在此选择要迁移的内容。</translation>
    </message>
    <message>
        <source>Choose the archive of the new image (docker save), or leave the field empty and name the image below: then the hosts pull it before anything is stopped.</source>
        <translation>请选择新镜像的归档文件（docker save）；也可以留空并在下方填写镜像名称：主机会在停止任何服务之前拉取该镜像。</translation>
    </message>
    <message>
        <source>Image &amp;archive (.tar, .tar.gz)</source>
        <translation>镜像归档文件(&amp;A) (.tar, .tar.gz)</translation>
    </message>
    <message>
        <source>Choose the release archive of the older version. It is read here without being unpacked; nothing is sent to a host yet.</source>
        <translation>请选择旧版本的发布包。此处只读取而不解压，也不会向主机发送任何内容。</translation>
    </message>
    <message>
        <source>Release &amp;archive of the older version</source>
        <translation>旧版本的发布包(&amp;A)</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>The package holds %1, which is not older than the installed %2.</source>
        <translation>安装包为 %1，不低于已安装的 %2。</translation>
    </message>
    <message>
        <source>The hosts go back from %1 to %2.</source>
        <translation>主机将从 %1 退回到 %2。</translation>
    </message>
    <message>
        <source>Source tree, built on each host</source>
        <translation>源代码（在每台主机上编译）</translation>
    </message>
    <message>
        <source>Finished build (bin/kwbase)</source>
        <translation>已编译程序（bin/kwbase）</translation>
    </message>
    <message>
        <source>Choose the source tree of the new version, which is built on each host before anything is stopped, or what a build has installed (bin/kwbase). Leave the field empty when a finished build lies on the hosts.</source>
        <translation>选择新版本的源代码归档（停止任何节点之前会先在每台主机上编译），或已编译安装的程序归档（包含 bin/kwbase）。如果各主机上已有编译好的程序，请留空。</translation>
    </message>
    <message>
        <source>Source tree or build &amp;archive (.tar.gz)</source>
        <translation>源代码或已编译程序归档(&amp;A)（.tar.gz）</translation>
    </message>
    <message>
        <source>Recognised by</source>
        <translation>识别依据</translation>
    </message>
</context>
<context>
    <name>kwup::PageList</name>
    <message>
        <source>%1 %2. %3</source>
        <extracomment>An entry of the list of pages: a mark, its number and its title</extracomment>
        <translation>%1 %2. %3</translation>
    </message>
    <message>
        <source>Current page</source>
        <translation>当前页</translation>
    </message>
</context>
<context>
    <name>kwup::PlanModel</name>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>About</source>
        <translation>预计用时</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>%1 (point of no return)</source>
        <translation>%1（不可回退点）</translation>
    </message>
    <message>
        <source>From this step on, going back to the old version needs the backup.</source>
        <translation>从此步骤起，回退到旧版本需要备份。</translation>
    </message>
    <message>
        <source>Way back: %1</source>
        <translation>退回：%1</translation>
    </message>
    <message>
        <source>Only when a step fails and you choose to go back to the old version.</source>
        <translation>仅当某个步骤失败且您选择退回旧版本时执行。</translation>
    </message>
</context>
<context>
    <name>kwup::PlanPage</name>
    <message>
        <source>Save the plan as a runbook</source>
        <translation>将计划保存为操作手册</translation>
    </message>
    <message>
        <source>Expected: %1</source>
        <translation>预期：%1</translation>
    </message>
    <message>
        <source>This step changes nothing on a host.</source>
        <translation>此步骤不更改主机。</translation>
    </message>
    <message>
        <source>Since the last page a check stands against the upgrade. Go back to the page Checks.</source>
        <translation>上一页之后出现了阻止升级的检查。返回“检查”页。</translation>
    </message>
    <message>
        <source>The run takes about %1.</source>
        <translation>升级约需 %1。</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>These steps and commands are exactly what will run. Nothing has been changed yet; the button below starts the upgrade.</source>
        <translation>以下步骤和命令就是将要执行的内容。目前未做任何更改；按下方按钮开始升级。</translation>
    </message>
    <message>
        <source>&amp;Start the upgrade</source>
        <translation>开始升级(&amp;S)</translation>
    </message>
    <message>
        <source>Steps of the plan</source>
        <translation>计划的步骤</translation>
    </message>
    <message>
        <source>Command of the selected step</source>
        <translation>所选步骤的命令</translation>
    </message>
    <message>
        <source>&amp;Order of the nodes</source>
        <translation>节点顺序(&amp;O)</translation>
    </message>
    <message>
        <source>Order of the nodes</source>
        <translation>节点顺序</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>上移(&amp;U)</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>下移(&amp;D)</translation>
    </message>
    <message>
        <source>Save as a run&amp;book…</source>
        <translation>保存为操作手册(&amp;B)…</translation>
    </message>
    <message>
        <source>The run takes about %1. Point of no return: &quot;%2&quot;; after it, going back needs the backup.</source>
        <translation>升级约需 %1。不可回退点：“%2”；此后回退需要备份。</translation>
    </message>
    <message>
        <source>&amp;Start going back</source>
        <translation>开始退回(&amp;S)</translation>
    </message>
</context>
<context>
    <name>kwup::QuestionDialog</name>
    <message>
        <source>Login to %1</source>
        <translation>登录 %1</translation>
    </message>
    <message>
        <source>The host %1 asks:</source>
        <translation>主机 %1 询问：</translation>
    </message>
    <message>
        <source>The host %1 asks: %2</source>
        <translation>主机 %1 询问：%2</translation>
    </message>
</context>
<context>
    <name>kwup::ReplicaChart</name>
    <message>
        <source>Leaseholders</source>
        <translation>租约持有者</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>Node %1</source>
        <translation>节点 %1</translation>
    </message>
    <message>
        <source>Leaseholders and replicas per node</source>
        <translation>各节点的租约持有者和副本</translation>
    </message>
    <message>
        <source>Node %1: %2 leaseholders, %3 replicas</source>
        <translation>节点 %1：%2 个租约持有者，%3 个副本</translation>
    </message>
</context>
<context>
    <name>kwup::ReportPage</name>
    <message>
        <source>Save the report as HTML</source>
        <translation>将报告保存为 HTML</translation>
    </message>
    <message>
        <source>Save the report as JSON</source>
        <translation>将报告保存为 JSON</translation>
    </message>
    <message>
        <source>The upgrade is complete, and the cluster itself confirms it.</source>
        <translation>升级已完成，并由集群状态证实。</translation>
    </message>
    <message>
        <source>The run failed. %1</source>
        <translation>升级失败。%1</translation>
    </message>
    <message>
        <source>The run was stopped and can be resumed. %1</source>
        <translation>升级已停止，可以继续。%1</translation>
    </message>
    <message>
        <source>The run is not over. It can be resumed.</source>
        <translation>升级尚未结束，可以继续。</translation>
    </message>
    <message>
        <source>From %1 to %2, begun %3, ended %4, by %5 on %6. Run %7.</source>
        <translation>从 %1 升级到 %2，开始 %3，结束 %4，操作人 %5（%6）。升级运行 %7。</translation>
    </message>
    <message>
        <source>Command:
%1</source>
        <translation>命令：
%1</translation>
    </message>
    <message>
        <source>Output:
%1</source>
        <translation>输出：
%1</translation>
    </message>
    <message>
        <source>Verify and report</source>
        <translation>验证与报告</translation>
    </message>
    <message>
        <source>The verdict is computed from the cluster as it is after the run. The report is made from the run&apos;s journal.</source>
        <translation>结论由升级后的集群状态得出。报告由本次升级的运行日志生成。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>升级前后</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Versions before and after</source>
        <translation>升级前后的版本</translation>
    </message>
    <message>
        <source>Steps of the report</source>
        <translation>报告的步骤</translation>
    </message>
    <message>
        <source>Command and output of the selected step</source>
        <translation>所选步骤的命令和输出</translation>
    </message>
    <message>
        <source>Save as &amp;HTML…</source>
        <translation>保存为 HTML(&amp;H)…</translation>
    </message>
    <message>
        <source>Save as &amp;JSON…</source>
        <translation>保存为 JSON(&amp;J)…</translation>
    </message>
    <message>
        <source>&amp;Open in the browser</source>
        <translation>在浏览器中打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Go back with the backup of this run…</source>
        <translation>用本次运行的备份退回(&amp;G)…</translation>
    </message>
    <message>
        <source>Begins a new run that puts the version before this run back. The release archive of that version is needed.</source>
        <translation>开始一次新的运行，退回到本次运行之前的版本。需要该版本的安装包。</translation>
    </message>
    <message>
        <source>The upgrade failed, and the old version is in place again. %1</source>
        <translation>升级失败，已恢复旧版本。%1</translation>
    </message>
    <message>
        <source>The old version is back, and the cluster itself confirms it.</source>
        <translation>已退回旧版本，并由集群状态证实。</translation>
    </message>
    <message>
        <source>The old version is back, but the cluster shows problems:</source>
        <translation>已退回旧版本，但集群存在问题：</translation>
    </message>
    <message>
        <source>The upgrade is complete, but the cluster shows problems:</source>
        <translation>升级已完成，但集群存在问题：</translation>
    </message>
    <message>
        <source>The new cluster does not have these, or not as they were:</source>
        <translation>新集群缺少以下内容，或与原来不同：</translation>
    </message>
    <message>
        <source>The passwords of these users must be set again: %1</source>
        <translation>以下用户的密码须重新设置：%1</translation>
    </message>
    <message>
        <source>Data moved</source>
        <translation>已迁移的数据</translation>
    </message>
    <message>
        <source>Data moved to the new cluster</source>
        <translation>迁移到新集群的数据</translation>
    </message>
    <message>
        <source>Kept on the hosts</source>
        <translation>主机上保留的内容</translation>
    </message>
</context>
<context>
    <name>kwup::ReportStepModel</name>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Exit code</source>
        <translation>退出码</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>kwup::RunListModel</name>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>From</source>
        <translation>原版本</translation>
    </message>
    <message>
        <source>To</source>
        <translation>目标版本</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>最后步骤</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>升级运行</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
</context>
<context>
    <name>kwup::StartPage</name>
    <message>
        <source>Open a profile</source>
        <translation>打开配置文件</translation>
    </message>
    <message>
        <source>Profiles (*.yaml *.yml);;All files (*)</source>
        <translation>配置文件 (*.yaml *.yml);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Upgrade a KWDB database over SSH, one node at a time. Nothing is changed on any host before the upgrade is started on the page Plan.</source>
        <translation>通过 SSH 逐节点升级 KWDB 数据库。在“计划”页开始升级之前，不会更改任何主机。</translation>
    </message>
    <message>
        <source>&amp;New upgrade</source>
        <translation>新建升级(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Resume an unfinished run</source>
        <translation>继续未完成的升级(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Open the report of an earlier run</source>
        <translation>打开以往升级的报告(&amp;O)</translation>
    </message>
    <message>
        <source>R&amp;uns on this computer</source>
        <translation>本机上的升级运行(&amp;U)</translation>
    </message>
    <message>
        <source>Runs on this computer</source>
        <translation>本机上的升级运行</translation>
    </message>
    <message>
        <source>Open a &amp;profile…</source>
        <translation>打开配置文件(&amp;P)…</translation>
    </message>
    <message>
        <source>To try it without servers, run ./app/demo in the source folder: it starts a demo cluster of three hosts on this computer and opens this window on it.</source>
        <translation>没有服务器时可以试用：在源代码目录运行 ./app/demo，会在本机启动三台主机的演示集群，并在此窗口中打开。</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>Go &amp;back to the version before an earlier run</source>
        <translation>退回到以往某次升级之前的版本(&amp;B)</translation>
    </message>
    <message>
        <source>Go back with a backup in a &amp;directory on the hosts</source>
        <translation>用主机目录中的备份退回旧版本(&amp;D)</translation>
    </message>
    <message>
        <source>Directory of the cold &amp;copy</source>
        <translation>冷备份目录(&amp;C)</translation>
    </message>
</context>
<context>
    <name>kwup::StatusLabel</name>
    <message>
        <source>%1: %2</source>
        <extracomment>A status word and the sentence that explains it, e.g. &quot;Warning: …&quot;</extracomment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>kwup::StepTimelineModel</name>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Already done</source>
        <translation>此前已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Running, %1 %</source>
        <extracomment>State of a step with its share in percent</extracomment>
        <translation>运行中，%1%</translation>
    </message>
</context>
<context>
    <name>kwup::UpgradePage</name>
    <message>
        <source>Ranges unavailable: %1, under-replicated: %2.</source>
        <translation>不可用 Range：%1，副本不足 Range：%2。</translation>
    </message>
    <message>
        <source>Read from %1 at %2. %3</source>
        <translation>读自 %1，时间 %2。%3</translation>
    </message>
    <message>
        <source>Running, %1 %</source>
        <translation>运行中，%1%</translation>
    </message>
    <message>
        <source>▸ %1 %2</source>
        <translation>▸ %1 %2</translation>
    </message>
    <message>
        <source>! %1</source>
        <translation>! %1</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Pause after this step</source>
        <translation>此步骤后暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Upgrade</source>
        <translation>升级</translation>
    </message>
    <message>
        <source>What runs on a host goes on there even when this window or the connection is closed; the run can be resumed.</source>
        <translation>即使关闭此窗口或连接中断，主机上的操作也会继续；之后可以继续升级。</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>升级进度</translation>
    </message>
    <message>
        <source>Steps of the run</source>
        <translation>升级步骤</translation>
    </message>
    <message>
        <source>Live output</source>
        <translation>实时输出</translation>
    </message>
    <message>
        <source>Nodes of the cluster</source>
        <translation>集群节点</translation>
    </message>
    <message>
        <source>S&amp;top after this node</source>
        <translation>此节点后停止(&amp;T)</translation>
    </message>
    <message>
        <source>Now: %1. Expected: %2</source>
        <translation>当前：%1。预期：%2</translation>
    </message>
    <message>
        <source>%1 The last answer was at %2.</source>
        <translation>%1上次应答时间：%2。</translation>
    </message>
</context>
<context>
    <name>kwup::UpgradeSession</name>
    <message>
        <source>I go without a backup</source>
        <extracomment>The operator must type this sentence exactly to go without a backup.</extracomment>
        <translation>我确认不做备份</translation>
    </message>
    <message>
        <source>All hosts belong to the new cluster. Add those whose data is moved.</source>
        <translation>所有主机都属于新集群。请添加要迁出数据的主机。</translation>
    </message>
</context>
<context>
    <name>kwup::UpgradeWizard</name>
    <message>
        <source>An upgrade is running</source>
        <translation>升级正在进行</translation>
    </message>
    <message>
        <source>What is to happen to the running upgrade?</source>
        <translation>如何处理正在进行的升级？</translation>
    </message>
    <message>
        <source>The command that runs on a host goes on there even when this window is closed. The nodes that have not been upgraded stay as they are, and the run can be resumed later on the page Start.</source>
        <translation>即使关闭此窗口，主机上正在执行的命令也会继续。尚未升级的节点保持不变，之后可以在“开始”页继续升级。</translation>
    </message>
    <message>
        <source>&amp;Keep the window open</source>
        <translation>保持窗口打开(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Stop after this step, then close</source>
        <translation>此步骤后停止并关闭(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Close now</source>
        <translation>立即关闭(&amp;C)</translation>
    </message>
    <message>
        <source>KWDB Upgrade Wizard</source>
        <translation>KWDB 升级向导</translation>
    </message>
    <message>
        <source>&lt; &amp;Back</source>
        <translation>&lt; 上一步(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Next &gt;</source>
        <translation>下一步(&amp;N) &gt;</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>&amp;Finish</source>
        <translation>完成(&amp;F)</translation>
    </message>
    <message>
        <source>Pages of the wizard</source>
        <translation>向导页面</translation>
    </message>
</context>
</TS>
