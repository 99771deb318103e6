#pragma once

#include "core/discover/Facts.h"
#include "core/kwdb/VersionPath.h"
#include "core/package/PackageInfo.h"
#include "core/plan/MethodOptions.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace kwup {

/// Which method fits these facts, and why the others do not. Pure.
struct MethodAdvice {
    struct Row {
        Method method = Method::ScriptRolling;
        bool applicable = false;
        QString reasonKey; ///< key of the sentence; describe() makes text
        QStringList args;
    };
    std::optional<Method> proposed;
    QList<Row> rows; ///< every method of DESIGN §1.1
};
/// `options`: what the operator has said already; a typed reason lets an undocumented path pass.
MethodAdvice adviseMethod(const Facts &facts, const std::optional<PackageInfo> &package,
                          const MethodOptions &options = {});
/// The method that checks are about: the proposed one, or, when none is applicable, the one for
/// this number of nodes, so that checks name what stands in its way and nothing else. Pure.
Method methodToCheck(const MethodAdvice &advice, const Facts &facts);
QString describe(const MethodAdvice::Row &row);
QString methodName(Method method); ///< in the operator's language

} // namespace kwup
