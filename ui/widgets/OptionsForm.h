#pragma once

#include "core/plan/MethodOptions.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLayout;
class QLineEdit;
class QPushButton;

namespace kwup {

/// The settings of one upgrade method, one row for each option that the table has for it: a text, a
/// list (values separated by commas), a path or a check box, with the sentence that explains it.
/// Invisible when the method has none. GUI thread.
class OptionsForm final : public QWidget {
    Q_OBJECT
public:
    explicit OptionsForm(QWidget *parent = nullptr);

    /// Builds the rows of the method anew when it is another one than before.
    void setMethod(Method method);
    /// Values that differ from what is shown; a field that has the focus is left alone.
    void setOptions(const MethodOptions &options);
    MethodOptions options() const;
    void retranslate(); ///< after a switch of the language

signals:
    void edited(); ///< by the operator
    /// A path on this computer is wanted; answer with setPath().
    void browseRequested(const QString &name, const QString &title);

public slots:
    void setPath(const QString &name, const QString &path);

private:
    struct Row {
        const MethodOption *option = nullptr;
        QLabel *label = nullptr;
        QLabel *help = nullptr;
        QLineEdit *edit = nullptr;
        QCheckBox *check = nullptr;
        QPushButton *browse = nullptr;
    };
    void addRow(const MethodOption &option);
    QLayout *fieldOf(Row &row);
    QStringList valuesOf(const Row &row) const;

    QFormLayout *m_form;
    QList<Row> m_rows;
    std::optional<Method> m_method;
    MethodOptions m_others; ///< of other methods; kept as they are
};

} // namespace kwup
