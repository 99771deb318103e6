#include "ui/pages/HostsPage.h"

#include "ui/widgets/ChoiceDelegate.h"
#include "ui/widgets/LoginPanel.h"
#include "ui/widgets/StatusLabel.h"
#include "ui/widgets/Views.h"

#include <QFile>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace kwup {

HostsPage::HostsPage(UpgradeSession &session, DiscoveryController &discovery)
    : WizardPage(session)
    , m_discovery(discovery)
    , m_model(session)
    , m_table(makeTable(&m_model, QStringLiteral("hostsTable"), this))
    , m_add(new QPushButton(this))
    , m_remove(new QPushButton(this))
    , m_paste(new QPushButton(this))
    , m_import(new QPushButton(this))
    , m_find(new QPushButton(this))
    , m_save(new QPushButton(this))
    , m_status(new StatusLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_defaults(new LoginPanel(LoginPanel::Kind::Defaults, this))
    , m_own(new LoginPanel(LoginPanel::Kind::Override, this))
{
    build();
    connectButtons();
    connect(&session, &UpgradeSession::hostsChanged, this, &HostsPage::update);
    connect(&m_discovery, &DiscoveryController::runningChanged, this, &HostsPage::update);
    connect(&m_discovery, &DiscoveryController::othersFound, this,
            [this](int added, const Error &error) {
                m_foundCount = added;
                m_findError = error;
                update();
            });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &HostsPage::showSelection);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        fitColumns(m_table);
        showSelection();
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, [this] { fitColumns(m_table); });
    connect(m_defaults, &LoginPanel::edited, this,
            [this] { this->session().setDefaults(m_defaults->login()); });
    connect(m_own, &LoginPanel::edited, this, &HostsPage::takeOwnLogin);
    retranslateUi();
    showSelection();
}

void HostsPage::build()
{
    const auto name = [](QPushButton *button, const char *text) {
        button->setObjectName(QLatin1String(text));
    };
    name(m_add, "addButton");
    name(m_remove, "removeButton");
    name(m_paste, "pasteButton");
    name(m_import, "importButton");
    name(m_find, "findButton");
    name(m_save, "saveProfileButton");
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_add, m_remove, m_paste, m_import, m_find})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(m_save);
    m_tabs->setObjectName(QStringLiteral("loginTabs"));
    for (LoginPanel *panel : {m_defaults, m_own}) {
        auto *area = new QScrollArea(m_tabs);
        area->setFrameShape(QFrame::NoFrame);
        area->setWidgetResizable(true);
        area->setFocusPolicy(Qt::NoFocus);
        area->setWidget(panel);
        m_tabs->addTab(area, QString());
    }
    m_table->setItemDelegateForColumn(
        HostTableModel::Auth,
        new ChoiceDelegate(
            [] {
                return QStringList{authName(AuthMethod::Agent), authName(AuthMethod::KeyFile),
                                   authName(AuthMethod::Password),
                                   authName(AuthMethod::KeyboardInteractive)};
            },
            m_table));
    m_table->setItemDelegateForColumn(HostTableModel::Privilege,
                                      new ChoiceDelegate(
                                          [] {
                                              return QStringList{
                                                  privilegeName(PrivilegeMode::Detect),
                                                  privilegeName(PrivilegeMode::Root),
                                                  privilegeName(PrivilegeMode::SudoNoPassword),
                                                  privilegeName(PrivilegeMode::SudoPassword)};
                                          },
                                          m_table));
    m_table->setItemDelegateForColumn(HostTableModel::Cluster,
                                      new ChoiceDelegate(&HostTableModel::clusterWords, m_table));
    setLines(m_table, 5);
    auto *column = new QVBoxLayout(this);
    column->addLayout(buttons);
    column->addWidget(m_table, 1);
    column->addWidget(m_status);
    column->addWidget(m_tabs, 1);
}

void HostsPage::connectButtons()
{
    connect(m_add, &QPushButton::clicked, this, &HostsPage::addHost);
    connect(m_remove, &QPushButton::clicked, this, &HostsPage::removeHosts);
    connect(m_paste, &QPushButton::clicked, this, &HostsPage::pasteList);
    connect(m_find, &QPushButton::clicked, this, &HostsPage::findOthers);
    connect(m_import, &QPushButton::clicked, this, [this] {
        chooseFile(tr("Import hosts"), tr("Host lists (*.cfg *.csv *.yaml *.yml);;All files (*)"),
                   [this](const QString &file) { importFile(file); });
    });
    connect(m_save, &QPushButton::clicked, this, [this] {
        chooseNewFile(tr("Save the profile"), QStringLiteral("kwdb-upgrade.yaml"),
                      [this](const QString &file) {
                          const auto saved = saveProfile(session().profile(), file);
                          if (!saved)
                              tell(saved.error());
                      });
    });
}

void HostsPage::initializePage()
{
    const bool resuming = session().intent() == UpgradeSession::Intent::ResumeRun;
    setCommitPage(resuming);
    m_defaults->setLogin(session().defaults());
    fitColumns(m_table);
    retranslateUi();
    showSelection();
}

void HostsPage::cleanupPage()
{
    m_discovery.stop();
}

bool HostsPage::isComplete() const
{
    return session().hostsAreUsable() && !m_discovery.isRunning();
}

QList<int> HostsPage::selectedRows() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows << index.row();
    return rows;
}

void HostsPage::addHost()
{
    const int row = m_model.addRow();
    const QModelIndex index = m_model.index(row, HostTableModel::Address);
    m_table->setCurrentIndex(index);
    m_table->setFocus();
    m_table->edit(index);
}

void HostsPage::removeHosts()
{
    m_model.removeRowsAt(selectedRows());
}

void HostsPage::pasteList()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
    dialog->setWindowTitle(tr("Paste a list of hosts"));
    dialog->setLabelText(tr("One host a line: address, user@address or user@address:port"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        const auto hosts = parseHostList(text);
        if (hosts)
            session().addHosts(*hosts);
        else
            tell(hosts.error());
    });
    dialog->open();
}

void HostsPage::importFile(const QString &file)
{
    if (file.endsWith(QLatin1String(".yaml")) || file.endsWith(QLatin1String(".yml"))) {
        const auto profile = loadProfile(file);
        if (profile)
            session().applyProfile(*profile);
        else
            tell(profile.error());
        return;
    }
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly)) {
        tell(Error{ErrorCode::FileUnreadable, {}, {file, source.errorString()}, {}, {}, -1});
        return;
    }
    constexpr qint64 Longest = 1024 * 1024; // a list of hosts is never that long
    const auto hosts = importHosts(source.read(Longest), file);
    if (hosts)
        session().addHosts(*hosts);
    else
        tell(hosts.error());
}

void HostsPage::findOthers()
{
    const QList<int> rows = selectedRows();
    const int row = rows.isEmpty() ? 0 : rows.first();
    m_foundCount = -1;
    m_findError = {};
    m_discovery.findOthers(session().logins().at(row));
}

void HostsPage::showSelection()
{
    const QList<int> rows = selectedRows();
    m_tabs->setTabEnabled(1, !rows.isEmpty());
    if (!rows.isEmpty())
        m_own->setLogin(session().hosts().at(rows.first()).own);
    update();
}

void HostsPage::takeOwnLogin()
{
    m_model.setLogin(selectedRows(), m_own->login());
}

void HostsPage::update()
{
    const QList<int> rows = selectedRows();
    const QStringList problems = session().hostProblems();
    const bool busy = m_discovery.isRunning();
    m_remove->setEnabled(!rows.isEmpty());
    m_find->setEnabled(!busy && problems.isEmpty());
    if (busy)
        m_status->setStatus(Status::Running, tr("Looking for the other nodes of the cluster…"));
    else if (m_findError.code != ErrorCode::None)
        m_status->setStatus(Status::Bad, describe(m_findError));
    else if (!problems.isEmpty())
        m_status->setStatus(Status::Warning, problems.join(u'\n'));
    else if (m_foundCount == 0)
        m_status->setStatus(Status::Good, tr("The list already has every node of the cluster."));
    else if (m_foundCount > 0)
        m_status->setStatus(Status::Good,
                            tr("%n node(s) were found and added.", nullptr, m_foundCount));
    else
        m_status->setStatus(Status::Good,
                            tr("%n host(s) are ready to connect to.", nullptr,
                               static_cast<int>(session().hosts().size())));
    emit completeChanged();
}

void HostsPage::retranslateUi()
{
    const bool resuming = session().intent() == UpgradeSession::Intent::ResumeRun;
    setTitle(tr("Hosts and credentials"));
    setSubTitle(resuming
                    ? tr("These are the hosts of the unfinished run. Enter what the logins need; "
                         "passwords are never stored.")
                    : tr("List every node of one cluster. Values in italics come from the defaults "
                         "for all hosts. Passwords are never stored. If the data is to move to a "
                         "new cluster, list its hosts too and mark them in the column Cluster."));
    m_add->setText(tr("A&dd"));
    m_remove->setText(tr("Re&move"));
    m_paste->setText(tr("Paste a &list…"));
    m_import->setText(tr("&Import…"));
    m_find->setText(tr("Find the &other nodes from this one"));
    m_save->setText(tr("Sa&ve as a profile…"));
    m_table->setAccessibleName(tr("Hosts"));
    m_tabs->setTabText(0, tr("Defaults for all hosts"));
    m_tabs->setTabText(1, tr("Selected hosts"));
    m_tabs->setAccessibleName(tr("How to log in"));
    setButtonText(QWizard::CommitButton, tr("&Resume the run"));
    m_defaults->retranslateUi();
    m_own->retranslateUi();
    m_model.retranslate();
    update();
}

} // namespace kwup
