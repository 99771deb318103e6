#pragma once

#include "core/base/Result.h"
#include "core/base/Secret.h"

namespace kwup {

/// True for the format ssh-keygen writes since 2018 ("BEGIN OPENSSH PRIVATE KEY").
bool isOpenSshKeyFile(const QByteArray &contents);

/// The private section, decrypted and checked: key type first, then its numbers, then a comment.
/// `file` is for errors only: KeyFileUnreadable, KeyPassphraseNeeded, KeyPassphraseWrong.
Result<Secret> decryptOpenSshKey(const QByteArray &contents, const QString &file,
                                 const Secret &passphrase);

} // namespace kwup
