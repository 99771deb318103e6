#include "core/plan/ChosenPackage.h"

namespace kwup {

Result<std::optional<PackageInfo>> chosenPackage(const std::optional<PackageInfo> &archive,
                                                 const MethodOptions &options)
{
    const QString image = options.text(option::Image);
    const QString directory = options.text(option::BuildOnHost);
    const bool isOfImage =
        archive ? archive->kind == PackageKind::Image : !image.isEmpty() && directory.isEmpty();
    const bool isOfBuild = archive ? isBuild(archive->kind) : !directory.isEmpty();
    if (!isOfImage && !isOfBuild)
        return archive;
    const Result<PackageInfo> chosen = isOfImage
        ? chosenImage(archive, image, options.text(option::ImageVersion))
        : chosenBuild(archive, directory, options.text(option::BuildVersion));
    if (!chosen)
        return chosen.error();
    return std::optional(*chosen);
}

} // namespace kwup
