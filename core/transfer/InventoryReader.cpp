#include "core/transfer/InventoryReader.h"

#include "core/base/CommandLine.h"
#include "core/discover/Sections.h"
#include "core/kwdb/Parsers.h"

namespace kwup {

namespace {

constexpr int QuestionsAtOnce = 40;
constexpr int CountSeconds = 60;

template <typename Answers>
QByteArray answerTo(const Answers &answers, const char *id)
{
    return answers.value(QLatin1String(id));
}

void take(const Result<void> &read, QStringList &problems)
{
    if (!read)
        problems.append(describe(read.error()));
}

} // namespace

Result<InventoryReader::Answers> InventoryReader::ask(const QList<Question> &questions,
                                                      QStringList &problems, std::stop_token stop)
{
    Answers answers;
    for (qsizetype first = 0; first < questions.size(); first += QuestionsAtOnce) {
        const auto some = questions.mid(first, QuestionsAtOnce);
        QList<Section> sections;
        std::chrono::seconds deadline(30);
        for (const auto &question : some) {
            sections.append({question.id, m_cli.sql({question.statement}, question.seconds), {}});
            deadline += std::chrono::seconds(question.seconds + 5);
        }
        const QString nonce = newNonce();
        Command command;
        command.script = sectionsScript(QString(), sections, nonce);
        command.runAs = RunAs::Root;
        command.deadline = deadline;
        command.silence = deadline;
        command.outputLimit = 64 * 1024 * 1024;
        const auto output = m_runner.run(command, stop);
        if (!output)
            return output.error();
        const auto found = splitSections(output->out, output->err, nonce);
        for (const auto &question : some) {
            const SectionOutput answer = found.value(question.id);
            if (answer.succeeded())
                answers[question.id] = answer.out;
            else
                problems.append(QStringLiteral("%1: %2").arg(
                    question.statement, printable(answer.evidence().left(500)).trimmed()));
        }
    }
    return answers;
}

Result<Inventory> InventoryReader::read(const QStringList &databases, bool withRows,
                                        std::stop_token stop)
{
    Inventory found;
    const auto answers = ask({{QStringLiteral("databases"), inventory::showDatabases()},
                              {QStringLiteral("users"), inventory::users()},
                              {QStringLiteral("passwords"), inventory::passwords()},
                              {QStringLiteral("members"), inventory::roleMembers()},
                              {QStringLiteral("settings"), inventory::settings()}},
                             found.problems, stop);
    if (!answers)
        return answers.error();
    const auto names = inventory::readDatabases(answerTo(*answers, "databases"));
    if (!names) {
        return Error{.code = ErrorCode::SqlFailed,
                     .host = m_runner.hostId(),
                     .args = {inventory::showDatabases()},
                     .evidence = found.problems.join(u'\n').toUtf8()};
    }
    const auto users =
        inventory::readUsers(answerTo(*answers, "users"), answerTo(*answers, "passwords"),
                             answerTo(*answers, "members"));
    if (users)
        found.users = *users;
    const auto settings = inventory::readSettings(answerTo(*answers, "settings"));
    if (settings)
        found.settings = *settings;
    for (DatabaseEntry database : *names) {
        found.databaseNames.append(database.name);
        const bool isDefault = database.name == QStringLiteral("defaultdb");
        if (!databases.isEmpty() && !databases.contains(database.name))
            continue;
        const auto read = readDatabase(database, withRows, found.problems, stop);
        if (!read)
            return read.error();
        // It exists everywhere, so it can only be moved when it is asked for by its name.
        if (isDefault && databases.isEmpty() && database.objects.isEmpty())
            continue;
        found.databases.append(database);
    }
    return found;
}

Result<void> InventoryReader::readDatabase(DatabaseEntry &database, bool withRows,
                                           QStringList &problems, std::stop_token stop)
{
    const QString name = database.name;
    QList<Question> questions{
        {QStringLiteral("create"), inventory::createDatabase(name)},
        {QStringLiteral("objects"), inventory::objects(name)},
        {QStringLiteral("tables"), inventory::tables(name)},
        {QStringLiteral("columns"), inventory::columns(name)},
        {QStringLiteral("schemas"), inventory::schemas(name)},
        {QStringLiteral("database-grants"), inventory::databaseGrants(name)},
        {QStringLiteral("object-grants"), inventory::objectGrants(name)},
    };
    const auto answers = ask(questions, problems, stop);
    if (!answers)
        return answers.error();
    if (const auto rows = parseCsv(answerTo(*answers, "create")); rows && !rows->isEmpty())
        database.create = rows->first().value(QStringLiteral("create_statement"));
    const auto with = [&](const char *id, auto reader) {
        const auto csv = answers->constFind(QLatin1String(id));
        if (csv != answers->cend())
            take(reader(*csv, database), problems);
    };
    with("objects", inventory::readObjects);
    with("tables", inventory::readTables);
    with("columns", inventory::readColumns);
    with("schemas", inventory::readSchemas);
    with("database-grants", inventory::readDatabaseGrants);
    with("object-grants", inventory::readObjectGrants);
    return readNumbers(database, withRows, problems, stop);
}

Result<void> InventoryReader::readNumbers(DatabaseEntry &database, bool withRows,
                                          QStringList &problems, std::stop_token stop)
{
    QList<Question> questions;
    for (qsizetype i = 0; i < database.objects.size(); ++i) {
        const ObjectEntry &entry = database.objects[i];
        const QStringList path{database.name, entry.schema, entry.name};
        const QString id = QStringLiteral("number-%1").arg(i);
        if (entry.isTable() && withRows)
            questions.append({id, inventory::count(path), CountSeconds});
        else if (entry.kind == ObjectEntry::Kind::Sequence)
            questions.append({id, inventory::lastValue(path), CountSeconds});
    }
    const auto answers = ask(questions, problems, stop);
    if (!answers)
        return answers.error();
    for (qsizetype i = 0; i < database.objects.size(); ++i) {
        const auto value = parseSingleValue(answers->value(QStringLiteral("number-%1").arg(i)));
        bool ok = false;
        const qint64 number = value ? value->toLongLong(&ok) : 0;
        if (!ok)
            continue;
        ObjectEntry &entry = database.objects[i];
        (entry.isTable() ? entry.rows : entry.lastValue) = number;
    }
    return {};
}

} // namespace kwup
