#pragma once

#include "core/kwdb/KwbaseCli.h"
#include "core/remote/HostConnection.h"
#include "core/transfer/Inventory.h"

#include <stop_token>

namespace kwup {

/// Asks one node what its cluster holds; read-only (I1). Blocks, up to a minute per table that is
/// counted. Error: not even the list of databases was answered. Anything else that is not answered
/// is in Inventory::problems.
class InventoryReader {
public:
    InventoryReader(CommandRunner &runner, KwbaseCli cli)
        : m_runner(runner)
        , m_cli(std::move(cli))
    { }

    /// `databases`: to be read in full; empty: all user databases. Those that do not exist are left
    /// out. `withRows`: count the rows of each table as well.
    Result<Inventory> read(const QStringList &databases, bool withRows, std::stop_token stop);

private:
    using Answers = QHash<QString, QByteArray>; ///< id of the question → csv
    struct Question {
        QString id;
        QString statement;
        int seconds = 60;
    };

    Result<Answers> ask(const QList<Question> &questions, QStringList &problems,
                        std::stop_token stop);
    Result<void> readDatabase(DatabaseEntry &database, bool withRows, QStringList &problems,
                              std::stop_token stop);
    Result<void> readNumbers(DatabaseEntry &database, bool withRows, QStringList &problems,
                             std::stop_token stop);

    CommandRunner &m_runner;
    KwbaseCli m_cli;
};

} // namespace kwup
