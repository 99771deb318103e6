#include "ui/widgets/OptionsForm.h"

#include "ui/widgets/Views.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace kwup {

namespace {

using Kind = MethodOption::Kind;

/// The hosts of the new cluster are marked in the list of hosts instead.
bool isEnteredElsewhere(const MethodOption &option)
{
    return option.name == option::TargetHosts;
}

} // namespace

OptionsForm::OptionsForm(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    hide();
}

void OptionsForm::setMethod(Method method)
{
    if (m_method == method)
        return;
    const MethodOptions shown = options();
    m_method = method;
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    m_rows.clear();
    for (const MethodOption &option : methodOptionTable()) {
        if (option.isFor(method) && !isEnteredElsewhere(option))
            addRow(option);
    }
    setOptions(shown);
    retranslate();
    setVisible(!m_rows.isEmpty());
}

QLayout *OptionsForm::fieldOf(Row &row)
{
    const QString name = row.option->name;
    auto *field = new QHBoxLayout;
    if (row.option->kind == Kind::Flag) {
        row.check = new QCheckBox(this);
        row.check->setObjectName(name + QStringLiteral("Check"));
        connect(row.check, &QCheckBox::toggled, this, &OptionsForm::edited);
        field->addWidget(row.check);
        return field;
    }
    row.edit = new QLineEdit(this);
    row.edit->setObjectName(name + QStringLiteral("Edit"));
    row.label->setBuddy(row.edit);
    connect(row.edit, &QLineEdit::textEdited, this, &OptionsForm::edited);
    field->addWidget(row.edit, 1);
    if (row.option->kind == Kind::LocalPath) {
        row.browse = new QPushButton(this);
        row.browse->setObjectName(name + QStringLiteral("Browse"));
        connect(row.browse, &QPushButton::clicked, this, [this, option = row.option] {
            emit browseRequested(option->name, optionTitle(*option));
        });
        field->addWidget(row.browse);
    }
    return field;
}

void OptionsForm::addRow(const MethodOption &option)
{
    Row row;
    row.option = &option;
    row.label = new QLabel(this);
    row.help = makeText(this);
    auto *column = new QVBoxLayout;
    column->addLayout(fieldOf(row));
    column->addWidget(row.help);
    m_form->addRow(row.label, column);
    m_rows.append(row);
}

QStringList OptionsForm::valuesOf(const Row &row) const
{
    if (row.check)
        return row.check->isChecked() ? QStringList(QStringLiteral("true")) : QStringList();
    if (row.option->kind != Kind::List) {
        const QString text = row.edit->text().trimmed();
        return text.isEmpty() ? QStringList() : QStringList(text);
    }
    QStringList values;
    for (const QString &value : row.edit->text().split(u',')) {
        if (!value.trimmed().isEmpty())
            values.append(value.trimmed());
    }
    return values;
}

MethodOptions OptionsForm::options() const
{
    MethodOptions options = m_others;
    for (const Row &row : m_rows)
        options.set(row.option->name, valuesOf(row));
    return options;
}

void OptionsForm::setOptions(const MethodOptions &options)
{
    m_others = options;
    for (const Row &row : std::as_const(m_rows)) {
        const QLatin1StringView name = row.option->name;
        if (row.check) {
            const QSignalBlocker blocker(row.check);
            row.check->setChecked(options.flag(name));
        } else if (!row.edit->hasFocus() && valuesOf(row) != options.list(name)) {
            row.edit->setText(options.list(name).join(QStringLiteral(", ")));
        }
    }
}

void OptionsForm::setPath(const QString &name, const QString &path)
{
    for (const Row &row : std::as_const(m_rows)) {
        if (row.edit && name == row.option->name) {
            row.edit->setText(path);
            emit edited();
        }
    }
}

void OptionsForm::retranslate()
{
    for (const Row &row : std::as_const(m_rows)) {
        const QString title = optionTitle(*row.option);
        row.help->setText(optionHelp(*row.option));
        QWidget *field = row.edit;
        if (row.check) {
            row.check->setText(title);
            field = row.check;
        } else {
            row.label->setText(title);
        }
        field->setAccessibleName(title);
        field->setAccessibleDescription(row.help->text());
        if (row.browse) {
            row.browse->setText(tr("Browse…"));
            row.browse->setAccessibleName(tr("Browse: %1").arg(title));
        }
    }
}

} // namespace kwup
