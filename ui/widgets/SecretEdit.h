#pragma once

#include "core/base/Secret.h"

#include <QLineEdit>

namespace kwup {

/// A line for a password or passphrase: shows dots, is not remembered, dragged or copied.
class SecretEdit final : public QLineEdit {
    Q_OBJECT
public:
    explicit SecretEdit(QWidget *parent = nullptr);
    Secret secret() const;
    void setSecret(const Secret &secret); ///< without emitting textEdited
};

} // namespace kwup
