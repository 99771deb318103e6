#pragma once

#include "core/container/DockerRun.h"
#include "core/plan/PlanParts.h"

namespace kwup {

/// A compose file before and after, and the edits between in the order in which they are made.
struct FileChange {
    QString path;
    QByteArray before;
    QByteArray after;
    QByteArray also; ///< another content that is as good as `after`; null: none
    QList<TextEdit> edits;
};

/// What is done to the container of one host: everything that its steps are made of. A value.
struct ContainerWork {
    ContainerFacts facts;
    QString image; ///< the new one
    QString keptImage; ///< second name of the old one
    QString keptContainer; ///< name of the old one from now on
    QString mountDirectory; ///< of the host; set when the data is copied out of the container
    DockerRun oldRun; ///< docker run only
    DockerRun run;
    QList<FileChange> changes; ///< compose only
    QList<FileChange> changesBack; ///< the image alone; an added mount stays
};

/// Errors: MethodNotApplicable with the reason as a sentence: the container cannot be rebuilt, the
/// file not edited, the data would be lost.
Result<ContainerWork> containerWork(const PlanInput &input, const HostFacts &host,
                                    const QString &runId);

/// Sentence for a problem of ComposeEdit, in the operator's language.
QString composeProblem(const ComposeEdit &edit);

/// Makes the steps that the methods for containers have of their own. Pure.
class ContainerSteps {
public:
    ContainerSteps(const PlanParts &parts, const QString &host, const ContainerWork &work);

    PlanStep upload() const;
    PlanStep fetchImage() const;
    PlanStep stop() const;
    PlanStep backup() const;
    PlanStep copyStore() const;
    PlanStep replace() const; ///< ReplaceContainer or EditCompose
    PlanStep start() const;
    PlanStep gate() const;
    PlanStep listKept() const;
    QList<PlanStep> wayBack() const;

private:
    using Variables = QList<QPair<QString, QString>>;
    PlanStep scripted(StepKind kind, const Variables &variables, const QByteArray &functions = {},
                      const QString &suffix = {}) const;
    Variables common() const;
    QByteArray startFunction(const QString &image) const;
    QString composeWords() const;
    QString stopSeconds() const;

    const PlanParts &m_parts;
    QString m_host;
    const ContainerWork &m_work;
};

} // namespace kwup
