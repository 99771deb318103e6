#pragma once

#include "core/discover/Facts.h"

#include <QList>
#include <QString>

namespace kwup {

QString deploymentName(Deployment deployment); ///< in the operator's language
QString runTypeName(RunType type);
QString securityName(SecurityMode mode);
QString serviceText(const ServiceState &service);

/// One fact of a host in words, with where it comes from.
struct FactLine {
    QString name;
    QString value; ///< a dash when not known
    QString command;
    QString raw; ///< what the command printed, made safe to show
    QString problem; ///< why it is not known
};
QList<FactLine> factLines(const HostFacts &facts);

} // namespace kwup
