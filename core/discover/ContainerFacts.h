#pragma once

#include "core/container/ComposeFile.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace kwup {

/// A place of the host inside a container.
struct ContainerMount {
    QString type; ///< bind, volume, tmpfs
    QString name; ///< of a volume
    QString source; ///< on the host
    QString destination; ///< in the container
    bool isAnonymous = false; ///< a volume that nobody gave a name
};

/// What the methods for containers need to know of the one that runs KWDB, from `docker inspect`
/// and the labels of compose. A value without secrets: values of environment variables whose names
/// sound like secrets are cut out when it is read (I8).
struct ContainerFacts {
    QString name;
    QString id;
    bool isRunning = false;
    qint64 pid = 0;
    int exitCode = 0;
    QString imageReference; ///< as it was started: "kwdb/kwdb:2.2.0"
    QString imageId;
    bool removesItself = false; ///< --rm
    QString restartPolicy;
    QList<ContainerMount> mounts;
    QString store; ///< data directory in the container; empty: not found
    QString certificates; ///< directory in the container; empty: none
    QString engine; ///< version of the docker engine

    // Of a container that compose made; empty otherwise.
    QString composeProject;
    QString composeVersion; ///< of the program that made it
    QString composeDirectory;
    QString composeCommand; ///< "docker compose", "docker-compose"; empty: none is installed
    ComposeProject compose; ///< its files; `service` is KWDB's

    QStringList others; ///< other running containers with KWDB
    QStringList allNames; ///< of all containers on the host

    QJsonObject inspect; ///< first element of `docker inspect NAME`
    QJsonObject image; ///< of its image

    /// The mount that holds a path of the container; null: it is in the container's own layer.
    const ContainerMount *mountOf(const QString &path) const;
    /// The same place on the host; empty when it is not on a mount.
    QString onHost(const QString &path) const;
    bool isByCompose() const { return !composeProject.isEmpty(); }
    /// "address:port" of the host behind a port of the container; empty when it is not published.
    QString publishedAddress(const QString &containerAddress) const;
    QStringList startWords() const; ///< entrypoint and command
};

/// What discovery printed.
struct ContainerOutput {
    QByteArray inspect;
    QByteArray image;
    QByteArray files; ///< "file <w|r> <base64 path> <base64 content>" lines
    QByteArray tools; ///< "key=value" lines: engine, compose (v2), docker-compose (v1)
    QByteArray list; ///< docker ps -a, as discovery formats it
};

/// Empty when it is not the answer of docker. Pure; hostile input.
std::optional<ContainerFacts> parseContainerFacts(const ContainerOutput &output);

} // namespace kwup
