#include "core/container/ComposeFile.h"

#include "core/container/ComposeParts.h"

#include <algorithm>

#include <yaml-cpp/yaml.h>

namespace kwup {

namespace {

constexpr qsizetype FileLimit = 1024 * 1024;
constexpr int DepthLimit = 40;
constexpr int NodeLimit = 20000;

ComposeEdit problem(const char *key, const QStringList &args)
{
    return {QLatin1String(key), args, std::nullopt};
}

std::string bytesOf(const QString &text)
{
    return text.toStdString();
}

/// A parsed file; yaml-cpp's exceptions end here.
struct Document {
    YAML::Node root;
    QString error;
};

/// Counts the nodes with every alias followed; gives up when the budget is used up.
bool isWithin(const YAML::Node &tree, int &budget, int depth = 0)
{
    if (--budget < 0 || depth > DepthLimit)
        return false;
    if (!tree.IsMap() && !tree.IsSequence())
        return true;
    for (auto it = tree.begin(); it != tree.end(); ++it) {
        if (!isWithin(tree.IsMap() ? it->second : *it, budget, depth + 1))
            return false;
    }
    return true;
}

Document parsed(const QByteArray &content)
{
    if (content.size() > FileLimit)
        return {{}, QStringLiteral("> 1 MiB")};
    try {
        const YAML::Node root = YAML::Load(content.toStdString());
        int budget = NodeLimit;
        if (!isWithin(root, budget))
            return {{}, QStringLiteral("aliases")};
        return {root, {}};
    } catch (const YAML::Exception &error) {
        return {{}, QString::fromStdString(error.what())};
    } catch (const std::exception &error) {
        return {{}, QString::fromLatin1(error.what())};
    }
}

/// The value of a key, also through `<<`; what is written in the map itself wins.
YAML::Node valueOf(const YAML::Node &map, const std::string &key, int depth = 0)
{
    if (!map.IsMap() || depth > DepthLimit)
        return YAML::Node(YAML::NodeType::Undefined);
    if (const YAML::Node own = map[key]; own.IsDefined())
        return own;
    const YAML::Node merged = map["<<"];
    if (!merged.IsDefined())
        return merged;
    if (merged.IsMap())
        return valueOf(merged, key, depth + 1);
    for (std::size_t i = 0; merged.IsSequence() && i < merged.size(); ++i) {
        if (const YAML::Node found = valueOf(merged[i], key, depth + 1); found.IsDefined())
            return found;
    }
    return YAML::Node(YAML::NodeType::Undefined);
}

YAML::Node servicesOf(const YAML::Node &root)
{
    return root.IsMap() ? root["services"] : YAML::Node(YAML::NodeType::Undefined);
}

/// The image of a service within one file, also of the service it extends there.
YAML::Node imageOf(const YAML::Node &root, const std::string &service, int depth = 0)
{
    const YAML::Node services = servicesOf(root);
    if (!services.IsDefined() || !services.IsMap() || depth > DepthLimit)
        return YAML::Node(YAML::NodeType::Undefined);
    const YAML::Node map = services[service];
    if (!map.IsDefined())
        return map;
    if (const YAML::Node image = valueOf(map, "image"); image.IsDefined())
        return image;
    const YAML::Node base = valueOf(map, "extends");
    if (base.IsDefined() && base.IsScalar())
        return imageOf(root, base.Scalar(), depth + 1);
    const bool isHere = base.IsDefined() && base.IsMap() && !base["file"].IsDefined()
        && base["service"].IsDefined() && base["service"].IsScalar();
    return isHere ? imageOf(root, base["service"].Scalar(), depth + 1)
                  : YAML::Node(YAML::NodeType::Undefined);
}

/// Other services whose image stands at the same place.
QStringList sharers(const YAML::Node &root, const std::string &service, const YAML::Node &image)
{
    QStringList names;
    for (const auto &entry : servicesOf(root)) {
        const std::string name = entry.first.Scalar();
        if (name == service)
            continue;
        const YAML::Node other = imageOf(root, name);
        if (other.IsDefined() && other.Mark().pos == image.Mark().pos)
            names.append(QString::fromStdString(name));
    }
    return names;
}

/// Where in the bytes a value begins: past a byte order mark, an anchor and a tag.
qint64 startOf(const QByteArray &content, const YAML::Node &node)
{
    const qint64 mark = content.startsWith("\xef\xbb\xbf") ? 3 : 0;
    qint64 at = mark + node.Mark().pos;
    const auto isBlank = [&content](qint64 i) {
        return content[i] == ' ' || content[i] == '\t' || content[i] == '\r' || content[i] == '\n';
    };
    while (at >= 0 && at < content.size() && (content[at] == '&' || content[at] == '!')) {
        while (at < content.size() && !isBlank(at))
            ++at;
        while (at < content.size() && isBlank(at))
            ++at;
    }
    return at;
}

/// The bytes of a scalar without its quotes; none when it does not stand there as it is read.
std::optional<std::pair<qint64, QByteArray>> rawScalar(const QByteArray &content,
                                                       const YAML::Node &node)
{
    qint64 at = startOf(content, node);
    const QByteArray value = QByteArray::fromStdString(node.Scalar());
    if (at < 0 || at >= content.size() || value.isEmpty())
        return std::nullopt;
    if (content[at] == '"' || content[at] == '\'')
        ++at;
    if (content.mid(at, value.size()) != value)
        return std::nullopt;
    return std::pair(at, value);
}

/// The same tree, but for `except` where it stands as an image.
bool isSame(const YAML::Node &a, const YAML::Node &b, const YAML::Node &except, int depth = 0)
{
    if (a.Type() != b.Type() || depth > DepthLimit)
        return false;
    if (a.IsScalar())
        return a.Scalar() == b.Scalar() && a.Tag() == b.Tag();
    if (a.IsNull() || !a.IsDefined())
        return true;
    if (a.size() != b.size())
        return false;
    auto other = b.begin();
    for (auto it = a.begin(); it != a.end(); ++it, ++other) {
        if (!a.IsMap()) {
            if (!isSame(*it, *other, except, depth + 1))
                return false;
            continue;
        }
        const bool isImage =
            it->first.IsScalar() && it->first.Scalar() == "image" && it->second.is(except);
        if (!isSame(it->first, other->first, except, depth + 1)
            || (!isImage && !isSame(it->second, other->second, except, depth + 1)))
            return false;
    }
    return true;
}

/// How often a node stands in a tree: more than once by anchors.
int countOf(const YAML::Node &tree, const YAML::Node &node, int depth = 0)
{
    if (tree.is(node))
        return 1;
    int count = 0;
    if (depth > DepthLimit || !(tree.IsMap() || tree.IsSequence()))
        return count;
    for (auto it = tree.begin(); it != tree.end(); ++it)
        count += countOf(tree.IsMap() ? it->second : *it, node, depth + 1);
    return count;
}

/// Whether a variable stands anywhere else than in the service's image.
bool isUsedElsewhere(const ComposeProject &project, const QString &name, const TextEdit &image)
{
    const QString plain = u'$' + name;
    const QString braced = QStringLiteral("${") + name;
    const auto count = [&](QString text) {
        qsizetype uses = 0;
        for (const auto &word : {plain, braced}) {
            for (auto at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                const QChar next =
                    text.size() > at + word.size() ? text[at + word.size()] : QChar();
                uses += !(next.isLetterOrNumber() || next == u'_') ? 1 : 0;
            }
        }
        return uses;
    };
    qsizetype uses = 0;
    for (const auto &file : project.files)
        uses += count(QString::fromUtf8(file.content));
    if (project.environment)
        uses += count(QString::fromUtf8(project.environment->content));
    return uses > count(QString::fromUtf8(image.before));
}

/// The place of the service's image among the files: the last one that names it wins.
struct Place {
    const ComposeSource *file = nullptr;
    Document document;
    YAML::Node image;
};

ComposeEdit findImage(const ComposeProject &project, Place &place)
{
    const std::string service = bytesOf(project.service);
    bool hasService = false;
    for (const auto &file : project.files) {
        Document document = parsed(file.content);
        if (!document.error.isEmpty())
            return problem("unparsable", {file.path, document.error});
        const YAML::Node services = servicesOf(document.root);
        if (!services.IsDefined() || !services.IsMap() || !services[service].IsDefined())
            continue;
        hasService = true;
        const YAML::Node image = imageOf(document.root, service);
        if (!image.IsDefined())
            continue;
        place.file = &file;
        place.document = document;
        place.image.reset(image);
    }
    if (!hasService)
        return problem("service-missing", {project.service});
    if (!place.file || !place.image.IsScalar())
        return problem("image-missing", {project.service});
    return {};
}

/// An edit of a variable's value in place of the image's: in `.env`, or its default.
std::optional<TextEdit> variableEdit(const ComposeProject &project, const TextEdit &whole,
                                     const QString &value, const ComposeVariable &variable,
                                     const QString &wanted)
{
    const QString prefix = value.left(variable.begin);
    const QString suffix = value.mid(variable.end);
    const bool fits = wanted.size() > prefix.size() + suffix.size() && wanted.startsWith(prefix)
        && wanted.endsWith(suffix);
    if (!fits)
        return std::nullopt;
    const QByteArray middle =
        wanted.mid(prefix.size(), wanted.size() - prefix.size() - suffix.size()).toUtf8();
    const auto environment = project.environment ? readEnvironment(project.environment->content)
                                                 : QHash<QString, EnvironmentEntry>();
    const auto entry = environment.constFind(variable.name);
    if (entry != environment.cend() && !(variable.countsEmpty && entry->value.isEmpty())) {
        if (isUsedElsewhere(project, variable.name, whole) || !project.environment->isWritable)
            return std::nullopt;
        return TextEdit{project.environment->path, entry->offset, entry->value, middle};
    }
    if (!variable.hasDefault)
        return std::nullopt;
    return TextEdit{whole.path, whole.offset + value.left(variable.defaultBegin).toUtf8().size(),
                    variable.fallback.toUtf8(), middle};
}

/// The edited text must read as before, but for the one value.
bool isOnlyImageChanged(const ComposeProject &project, const Place &place, const TextEdit &edit,
                        const QString &wanted)
{
    const ComposeProject after = edited(project, edit);
    Place found;
    if (!findImage(after, found).problem.isEmpty())
        return false;
    const QString value = QString::fromStdString(found.image.Scalar());
    const auto variables = composeVariables(value);
    const auto environment = after.environment ? readEnvironment(after.environment->content)
                                               : QHash<QString, EnvironmentEntry>();
    if (!variables || filledInCompose(value, *variables, environment) != wanted)
        return false;
    return isSame(place.document.root, found.document.root, place.image);
}

} // namespace

QByteArray TextEdit::applied(const QByteArray &content) const
{
    if (offset < 0 || offset > content.size() || content.mid(offset, before.size()) != before)
        return {};
    return content.left(offset) + after + content.mid(offset + before.size());
}

ComposeProject edited(ComposeProject project, const TextEdit &edit)
{
    for (auto &file : project.files) {
        if (file.path == edit.path)
            file.content = edit.applied(file.content);
    }
    if (project.environment && project.environment->path == edit.path)
        project.environment->content = edit.applied(project.environment->content);
    return project;
}

namespace {

ComposeEdit imageEdit(const ComposeProject &project, const QString &running, const QString &wanted)
{
    Place place;
    if (const auto found = findImage(project, place); !found.problem.isEmpty())
        return found;
    const QString value = QString::fromStdString(place.image.Scalar());
    const auto variables = composeVariables(value);
    const auto environment = project.environment ? readEnvironment(project.environment->content)
                                                 : QHash<QString, EnvironmentEntry>();
    const QString line = QString::number(place.image.Mark().line + 1);
    const QString present = variables ? filledInCompose(value, *variables, environment) : value;
    if (present == wanted)
        return {};
    if (present != running)
        return problem("differs", {present, running});
    const QStringList others = sharers(place.document.root, bytesOf(project.service), place.image);
    if (!others.isEmpty())
        return problem("shared", {others.join(QStringLiteral(", "))});
    const auto raw = rawScalar(place.file->content, place.image);
    if (!raw)
        return problem("style", {place.file->path, line});
    const TextEdit whole{place.file->path, raw->first, raw->second, wanted.toUtf8()};
    TextEdit edit = whole;
    if (variables && variables->size() == 1) {
        if (const auto smaller = variableEdit(project, whole, value, variables->first(), wanted))
            edit = *smaller;
    }
    if (edit.path == place.file->path && !place.file->isWritable)
        return problem("read-only", {place.file->path});
    if (!isOnlyImageChanged(project, place, edit, wanted))
        return problem("style", {place.file->path, line});
    return {{}, {}, edit};
}

/// The beginning of the line up to the position.
QByteArray lineStart(const QByteArray &content, qint64 at)
{
    const qint64 begin = at > 0 ? content.lastIndexOf('\n', at - 1) + 1 : 0;
    return content.mid(begin, at - begin);
}

QByteArray lineEnd(const QByteArray &content)
{
    return content.contains("\r\n") ? QByteArray("\r\n") : QByteArray("\n");
}

/// Text before the first volume, or a list of volumes before the key `image`.
std::optional<TextEdit> insertion(const ComposeSource &file, const YAML::Node &service,
                                  const QByteArray &entry)
{
    const QByteArray &content = file.content;
    const YAML::Node volumes = service["volumes"];
    const QByteArray eol = lineEnd(content);
    if (volumes.IsDefined() && volumes.IsSequence() && volumes.size() > 0) {
        const qint64 list = startOf(content, volumes);
        if (list < content.size() && content[list] == '[')
            return TextEdit{file.path, list + 1, {}, entry + ", "};
        const QByteArray prefix = lineStart(content, startOf(content, volumes[0]));
        const QByteArray trimmed = prefix.trimmed();
        if (trimmed != "-" || prefix.contains('\t'))
            return std::nullopt;
        const qint64 at = startOf(content, volumes[0]) - prefix.size();
        return TextEdit{file.path, at, {}, prefix + entry + eol};
    }
    if (volumes.IsDefined())
        return std::nullopt;
    for (const auto &item : service) {
        if (item.first.Scalar() != "image")
            continue;
        const qint64 key = startOf(content, item.first);
        const QByteArray prefix = lineStart(content, key);
        if (!prefix.trimmed().isEmpty() || prefix.contains('\t'))
            return std::nullopt;
        return TextEdit{file.path,
                        key - prefix.size(),
                        {},
                        prefix + "volumes:" + eol + prefix + "  - " + entry + eol};
    }
    return std::nullopt;
}

ComposeEdit mountEdit(const ComposeProject &project, const QString &hostPath,
                      const QString &containerPath)
{
    Place place;
    if (const auto found = findImage(project, place); !found.problem.isEmpty())
        return found;
    const YAML::Node service = servicesOf(place.document.root)[bytesOf(project.service)];
    const QString line = QString::number(place.image.Mark().line + 1);
    const QString text = hostPath + u':' + containerPath;
    const bool isPlain = std::ranges::all_of(
        text, [](QChar c) { return c.isPrint() && c != u'"' && c != u'\\' && c != u'$'; });
    if (!isPlain || hostPath.contains(u':') || containerPath.contains(u':') || !service.IsMap())
        return problem("style", {place.file->path, line});
    if (!place.file->isWritable)
        return problem("read-only", {place.file->path});
    const YAML::Node volumes = service["volumes"];
    const QByteArray entry = '"' + text.toUtf8() + '"';
    const auto edit = insertion(*place.file, service, entry);
    const bool isShared = countOf(place.document.root, service) != 1
        || (volumes.IsDefined() && countOf(place.document.root, volumes) != 1);
    if (!edit || isShared)
        return problem("style", {place.file->path, line});
    // Read again: one more volume in this service, everything else as before.
    const Document after = parsed(edit->applied(place.file->content));
    if (!after.error.isEmpty())
        return problem("style", {place.file->path, line});
    YAML::Node shrunk = YAML::Clone(after.root);
    YAML::Node list = shrunk["services"][bytesOf(project.service)]["volumes"];
    const bool isThere = list.IsDefined() && list.IsSequence() && list.size() > 0
        && list[0].IsScalar() && list[0].Scalar() == bytesOf(text);
    if (!isThere)
        return problem("style", {place.file->path, line});
    if (!volumes.IsDefined()) {
        shrunk["services"][bytesOf(project.service)].remove("volumes");
    } else {
        YAML::Node rest(YAML::NodeType::Sequence);
        for (std::size_t i = 1; i < list.size(); ++i)
            rest.push_back(list[i]);
        rest.SetTag(list.Tag());
        shrunk["services"][bytesOf(project.service)]["volumes"] = rest;
    }
    if (!isSame(YAML::Clone(place.document.root), shrunk, YAML::Node(YAML::NodeType::Null)))
        return problem("style", {place.file->path, line});
    return {{}, {}, *edit};
}

/// A file that parses can still be no compose file: what yaml-cpp then throws ends here.
template <typename Edit>
ComposeEdit guarded(const ComposeProject &project, Edit edit)
{
    try {
        return edit();
    } catch (const std::exception &error) {
        const QString path = project.files.isEmpty() ? QString() : project.files.last().path;
        return problem("unparsable", {path, QString::fromLatin1(error.what())});
    }
}

} // namespace

ComposeEdit composeImageEdit(const ComposeProject &project, const QString &running,
                             const QString &wanted)
{
    return guarded(project, [&] { return imageEdit(project, running, wanted); });
}

ComposeEdit composeMountEdit(const ComposeProject &project, const QString &hostPath,
                             const QString &containerPath)
{
    return guarded(project, [&] { return mountEdit(project, hostPath, containerPath); });
}

} // namespace kwup
