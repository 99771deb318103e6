#pragma once

#include "core/discover/Facts.h"
#include "core/discover/Sections.h"

namespace kwup {

/// Turns the readings of one host into facts. Pure; lives as long as one call of readHostFacts().
class HostFactsReader {
public:
    HostFactsReader(QString hostId, QHash<QString, SectionOutput> sections);

    /// Operating system, hardware, space, locks.
    void readSystem(HostFacts &facts) const;
    /// Everything about KWDB.
    void readInstallation(HostFacts &facts) const;

private:
    struct Container {
        QString name;
        QString image;
        QString composeProject;
        StartCommand start;
        bool hasStart = false;
    };

    SectionOutput section(const QString &id) const;
    QString commandOf(const QString &id) const;
    Error errorOf(const QString &id) const;
    template <typename T>
    Fact<T> known(const QString &id, T value) const;
    template <typename T>
    Fact<T> unknown(const QString &id, const Error &error) const;
    /// The value that `parse` finds in a section that succeeded.
    template <typename T, typename Parse>
    Fact<T> read(const QString &id, Parse parse) const;
    /// The same, with `absent` when the file does not exist.
    template <typename T, typename Parse>
    Fact<T> readOr(const QString &id, T absent, Parse parse) const;

    QString osFamily() const;
    Fact<qint64> dataBytes() const;
    Fact<bool> unitBroken() const;
    Fact<ServiceState> service() const;
    std::optional<Container> container() const;
    std::optional<ContainerFacts> containerFacts() const;
    void fromContainer(HostFacts &facts) const;
    ProcessFacts processFacts() const;
    void fromProcess(HostFacts &facts) const;
    std::optional<StartCommand> processStart() const;
    QString processValue(const QString &key) const;
    Fact<Deployment> deployment() const;
    Fact<StartCommand> startCommand(Deployment deployment) const;
    Fact<int> publishedPort(const HostFacts &facts, int port) const;
    Fact<QString> dataRoot(Deployment deployment) const;
    void fromMode(HostFacts &facts) const;
    void fromStartCommand(HostFacts &facts) const;

    QString m_hostId;
    QHash<QString, SectionOutput> m_sections;
    QHash<QString, QString> m_commands;
};

} // namespace kwup
