#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace kwup {

/// The `docker run` command behind a container, rebuilt from `docker inspect`. A value; holds no
/// value of an environment variable whose name sounds like a secret (I8).
struct DockerRun {
    QString name;
    QStringList options; ///< one word each: "--publish=26257:26257"; without --name and --detach
    QStringList arguments; ///< after the image
    /// Names of environment variables that are passed by name alone; their values are read from
    /// the old container on the host when the new one is made.
    QStringList secretNames;
    /// `docker network connect` words (without container) for networks beyond the first.
    QList<QStringList> networks;
    /// What cannot be rebuilt, in docker's own words ("HostConfig.X = …"). Not empty: do not use.
    QStringList problems;
    bool removesItself = false; ///< --rm: stopping it deletes the container

    /// sh text of `docker VERB …` over several lines, every word quoted.
    QString command(const QString &verb, const QString &image) const;
    /// Two such texts as the lines of a diff ("- ", "+ ", "  "); lines are added or changed in
    /// place, never moved.
    static QString diff(const QString &before, const QString &after);
};

/// `container` and `image`: the first element of `docker inspect` of the container and of the image
/// it was made from. What the image sets already is left to the new image. Settings with an effect
/// that are not known here are problems. Pure; hostile input.
DockerRun rebuildDockerRun(const QJsonObject &container, const QJsonObject &image);

/// Whether the name of an environment variable sounds like a secret.
bool isSecretName(const QString &name);

} // namespace kwup
