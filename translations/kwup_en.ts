<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Output</name>
    <message numerus="yes">
        <source>Run %1: %2, %3 to %4, about %n minute(s)</source>
        <translation>
            <numerusform>Run %1: %2, %3 to %4, about %n minute</numerusform>
            <numerusform>Run %1: %2, %3 to %4, about %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanNotes</name>
    <message numerus="yes">
        <source>All nodes are stopped at the same time: the whole database is out of service for about %n minute(s). Tell everybody who uses it before the start.</source>
        <translation>
            <numerusform>All nodes are stopped at the same time: the whole database is out of service for about %n minute. Tell everybody who uses it before the start.</numerusform>
            <numerusform>All nodes are stopped at the same time: the whole database is out of service for about %n minutes. Tell everybody who uses it before the start.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The database is out of service for about %n minute(s).</source>
        <translation>
            <numerusform>The database is out of service for about %n minute.</numerusform>
            <numerusform>The database is out of service for about %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message numerus="yes">
        <source>%n check(s) do not allow the upgrade.</source>
        <translation>
            <numerusform>%n check does not allow the upgrade.</numerusform>
            <numerusform>%n checks do not allow the upgrade.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s) are not accepted.</source>
        <translation>
            <numerusform>%n warning is not accepted.</numerusform>
            <numerusform>%n warnings are not accepted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kwup::AvailabilityStrip</name>
    <message numerus="yes">
        <source>Of %n reading(s): all nodes up in %1, some nodes down in %2, no answer in %3.</source>
        <translation>
            <numerusform>Of %n reading: all nodes up in %1, some nodes down in %2, no answer in %3.</numerusform>
            <numerusform>Of %n readings: all nodes up in %1, some nodes down in %2, no answer in %3.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kwup::ChecksPage</name>
    <message numerus="yes">
        <source>%n check(s) do not allow the upgrade.</source>
        <translation>
            <numerusform>%n check does not allow the upgrade.</numerusform>
            <numerusform>%n checks do not allow the upgrade.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s) must be corrected or accepted with a reason.</source>
        <translation>
            <numerusform>%n warning must be corrected or accepted with a reason.</numerusform>
            <numerusform>%n warnings must be corrected or accepted with a reason.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kwup::DiscoverPage</name>
    <message numerus="yes">
        <source>%1 of %n host(s) read</source>
        <translation>
            <numerusform>%1 of %n host read</numerusform>
            <numerusform>%1 of %n hosts read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kwup::HostsPage</name>
    <message numerus="yes">
        <source>%n node(s) were found and added.</source>
        <translation>
            <numerusform>%n node was found and added.</numerusform>
            <numerusform>%n nodes were found and added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n host(s) are ready to connect to.</source>
        <translation>
            <numerusform>%n host is ready to connect to.</numerusform>
            <numerusform>%n hosts are ready to connect to.</numerusform>
        </translation>
    </message>
</context>
</TS>
