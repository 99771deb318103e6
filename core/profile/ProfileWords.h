#pragma once

#include "core/plan/Plan.h"
#include "core/remote/Host.h"

#include <QLatin1StringView>

#include <array>
#include <utility>

namespace kwup {

/// The words of a profile and what they stand for; for reading and for writing.
template <typename T, std::size_t N>
using Words = std::array<std::pair<QLatin1StringView, T>, N>;

inline constexpr Words<AuthMethod, 4> AuthWords{{
    {QLatin1StringView("agent"), AuthMethod::Agent},
    {QLatin1StringView("key"), AuthMethod::KeyFile},
    {QLatin1StringView("password"), AuthMethod::Password},
    {QLatin1StringView("keyboard-interactive"), AuthMethod::KeyboardInteractive},
}};

inline constexpr Words<PrivilegeMode, 4> SudoWords{{
    {QLatin1StringView("detect"), PrivilegeMode::Detect},
    {QLatin1StringView("root"), PrivilegeMode::Root},
    {QLatin1StringView("nopasswd"), PrivilegeMode::SudoNoPassword},
    {QLatin1StringView("password"), PrivilegeMode::SudoPassword},
}};

inline constexpr Words<BackupChoice::Kind, 3> BackupWords{{
    {QLatin1StringView("cold-copy"), BackupChoice::Kind::ColdCopy},
    {QLatin1StringView("named"), BackupChoice::Kind::Named},
    {QLatin1StringView("refused"), BackupChoice::Kind::Refused},
}};

} // namespace kwup
