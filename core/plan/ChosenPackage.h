#pragma once

#include "core/package/PackageInfo.h"
#include "core/plan/MethodOptions.h"

namespace kwup {

/// What is installed, by the archive that was read (empty: none) and by what the options say of it:
/// the image to run, the build that lies on the hosts, the version that the files do not tell.
/// Pure. Empty: nothing is chosen. Errors: those of chosenImage() and chosenBuild().
Result<std::optional<PackageInfo>> chosenPackage(const std::optional<PackageInfo> &archive,
                                                 const MethodOptions &options);

} // namespace kwup
