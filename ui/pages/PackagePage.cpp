#include "ui/pages/PackagePage.h"

#include "ui/models/Format.h"
#include "ui/widgets/ErrorCard.h"
#include "ui/widgets/OptionsForm.h"
#include "ui/widgets/StatusLabel.h"
#include "ui/widgets/Views.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QVBoxLayout>

namespace kwup {

namespace {

QString kindName(PackageKind kind)
{
    switch (kind) {
    case PackageKind::BareDeb:
        return PackagePage::tr("Packages for Debian and its relatives (.deb)");
    case PackageKind::BareRpm:
        return PackagePage::tr("Packages for Red Hat and its relatives (.rpm)");
    case PackageKind::Container:
        return PackagePage::tr("Container image (KaiwuDB.tar)");
    case PackageKind::Image:
        return PackagePage::tr("Image of docker");
    case PackageKind::NewCluster:
        return PackagePage::tr("Nothing is installed: the new cluster has its version already");
    case PackageKind::SourceTree:
        return PackagePage::tr("Source tree, built on each host");
    case PackageKind::BuiltTree:
        return PackagePage::tr("Finished build (bin/kwbase)");
    }
    return {};
}

} // namespace

PackagePage::PackagePage(UpgradeSession &session, PackageController &packages)
    : WizardPage(session)
    , m_packages(packages)
    , m_fileLabel(new QLabel(this))
    , m_file(new QLineEdit(this))
    , m_browse(new QPushButton(this))
    , m_progress(new QProgressBar(this))
    , m_verdict(new StatusLabel(this))
    , m_error(new ErrorCard(this))
    , m_content(new QWidget(this))
    , m_optionsTitle(new QLabel(this))
    , m_options(new OptionsForm(this))
{
    build();
    connect(m_browse, &QPushButton::clicked, this, [this] {
        const bool isImage = this->session().takesImage();
        chooseFile(isImage ? tr("Choose the image archive") : tr("Choose the release archive"),
                   isImage ? tr("Image archives (*.tar *.tar.gz *.tgz);;All files (*)")
                           : tr("Release archives (*.tar.gz *.tgz)"),
                   [this](const QString &file) { m_packages.read(file); });
    });
    connect(m_file, &QLineEdit::editingFinished, this, [this] {
        const QString file = m_file->text().trimmed();
        if (file != this->session().packageFile())
            m_packages.read(file);
    });
    connect(&m_packages, &PackageController::runningChanged, this, &PackagePage::update);
    connect(&m_packages, &PackageController::progressed, this, [this](qint64 done, qint64 total) {
        m_progress->setMaximum(1000);
        m_progress->setValue(total > 0 ? static_cast<int>(done * 1000 / total) : 0);
    });
    connect(m_options, &OptionsForm::edited, this,
            [this] { this->session().setOptions(m_options->options()); });
    connect(m_options, &OptionsForm::browseRequested, this,
            [this](const QString &name, const QString &title) {
                chooseFile(title, tr("All files (*)"),
                           [this, name](const QString &file) { m_options->setPath(name, file); });
            });
    connect(&session, &UpgradeSession::packageChanged, this, &PackagePage::update);
    connect(&session, &UpgradeSession::factsChanged, this, &PackagePage::update);
    retranslateUi();
}

void PackagePage::build()
{
    m_file->setObjectName(QStringLiteral("packageFileEdit"));
    m_browse->setObjectName(QStringLiteral("browsePackageButton"));
    m_progress->setObjectName(QStringLiteral("packageProgress"));
    m_fileLabel->setBuddy(m_file);
    auto *fileRow = new QHBoxLayout;
    fileRow->addWidget(m_fileLabel);
    fileRow->addWidget(m_file, 1);
    fileRow->addWidget(m_browse);
    auto *form = new QFormLayout(m_content);
    form->setContentsMargins(0, 0, 0, 0);
    m_version = addRow(form, QT_TR_NOOP("Version"));
    m_kind = addRow(form, QT_TR_NOOP("Kind"));
    m_architecture = addRow(form, QT_TR_NOOP("Architecture"));
    m_size = addRow(form, QT_TR_NOOP("Size"));
    m_sha256 = addRow(form, QT_TR_NOOP("SHA-256"));
    m_scriptSha256 = addRow(form, QT_TR_NOOP("SHA-256 of deploy.sh"));
    m_parts = addRow(form, QT_TR_NOOP("Packages"));
    auto *column = new QVBoxLayout(this);
    column->addLayout(fileRow);
    column->addWidget(m_progress);
    column->addWidget(m_verdict);
    column->addWidget(m_error);
    auto *body = new QWidget(this);
    auto *bodyColumn = new QVBoxLayout(body);
    bodyColumn->setContentsMargins(0, 0, 0, 0);
    bodyColumn->addWidget(m_content);
    bodyColumn->addWidget(m_optionsTitle);
    bodyColumn->addWidget(m_options);
    bodyColumn->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    column->addWidget(scroll, 1);
}

QLabel *PackagePage::addRow(QFormLayout *form, const char *name)
{
    auto *caption = new QLabel(m_content);
    QLabel *value = makeText(m_content);
    form->addRow(caption, value);
    m_names.append({caption, name});
    m_captions.append(std::pair(caption, value));
    return value;
}

void PackagePage::initializePage()
{
    const QString file = session().packageFile();
    if (!session().package() && !file.isEmpty())
        m_packages.read(file);
    update();
}

void PackagePage::cleanupPage()
{
    m_packages.stop();
}

bool PackagePage::isComplete() const
{
    return session().packageIsUsable() && !m_packages.isRunning();
}

void PackagePage::update()
{
    if (!m_file->hasFocus() || m_file->text().isEmpty())
        m_file->setText(session().packageFile());
    const bool busy = m_packages.isRunning();
    if (busy && !m_progress->isVisible())
        m_progress->setRange(0, 0);
    m_progress->setVisible(busy);
    const bool isUnread = m_packages.error().code != ErrorCode::None;
    m_error->showError(busy ? Error{} : isUnread ? m_packages.error() : session().imageError());
    m_options->setMethod(session().method());
    m_options->setOptions(session().options());
    m_optionsTitle->setVisible(!m_options->isHidden());
    showWhatIsWanted();
    showPackage();
    showVerdict();
    emit completeChanged();
}

/// Titles by what the method needs: an archive, an image, or nothing at all.
void PackagePage::showWhatIsWanted()
{
    const Method method = session().method();
    const bool isNothing = method == Method::ExportImport;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_fileLabel, m_file, m_browse})
        widget->setVisible(!isNothing);
    setTitle(isNothing ? tr("New cluster") : tr("Package"));
    if (isNothing) {
        setSubTitle(tr("The new cluster has the new version already, so no package is needed. "
                       "Choose here what is moved."));
    } else if (session().takesImage()) {
        setSubTitle(tr("Choose the archive of the new image (docker save), or leave the field "
                       "empty and name the image below: then the hosts pull it before anything "
                       "is stopped."));
        m_fileLabel->setText(tr("Image &archive (.tar, .tar.gz)"));
    } else if (session().takesBuild() && method != Method::Restore) {
        setSubTitle(tr("Choose the source tree of the new version, which is built on each host "
                       "before anything is stopped, or what a build has installed (bin/kwbase). "
                       "Leave the field empty when a finished build lies on the hosts."));
        m_fileLabel->setText(tr("Source tree or build &archive (.tar.gz)"));
    } else if (method == Method::Restore) {
        setSubTitle(tr("Choose the release archive of the older version. It is read here without "
                       "being unpacked; nothing is sent to a host yet."));
        m_fileLabel->setText(tr("Release &archive of the older version"));
    } else {
        setSubTitle(tr("Choose the release archive of the new version. It is read here without "
                       "being unpacked; nothing is sent to a host yet."));
        m_fileLabel->setText(tr("Release &archive (.tar.gz)"));
    }
}

void PackagePage::showPackage()
{
    const auto &package = session().package();
    m_content->setVisible(package.has_value());
    if (!package)
        return;
    m_version->setText(package->version.toString());
    m_kind->setText(kindName(package->kind));
    m_architecture->setText(package->architecture);
    m_size->setText(package->size > 0 ? tr("%1, %2 unpacked")
                                            .arg(format::bytes(package->size),
                                                 format::bytes(package->unpackedBytes))
                                      : QString());
    m_sha256->setText(QString::fromLatin1(package->sha256));
    m_scriptSha256->setText(package->scriptSha256);
    const bool isNamed = package->packages.isEmpty();
    m_parts->setText(isNamed ? package->image : package->packages.join(u'\n'));
    for (const auto &[caption, value] : m_captions) {
        caption->setVisible(!value->text().isEmpty());
        value->setVisible(!value->text().isEmpty());
    }
    if (package->kind == PackageKind::Image)
        m_captions.last().first->setText(tr("Images"));
    else if (isBuild(package->kind))
        m_captions.last().first->setText(tr("Recognised by"));
    else
        m_captions.last().first->setText(tr("Packages"));
}

void PackagePage::showVerdict()
{
    using Kind = VersionPaths::Verdict::Kind;
    const auto verdict = session().versionVerdict();
    if (!verdict) {
        m_verdict->setStatus(Status::Unknown, QString());
        return;
    }
    const QString from = session().installedVersion()->toString();
    const QString to = session().package()->version.toString();
    const auto show = [&](Status status, const QString &sentence) {
        const QString source =
            verdict->source.isEmpty() ? QString() : tr("Source: %1").arg(verdict->source);
        m_verdict->setStatus(status,
                             QStringList{sentence, verdict->note, source}
                                 .filter(QRegularExpression(QStringLiteral(".")))
                                 .join(u'\n'));
    };
    if (session().method() == Method::Restore) {
        const bool isNewer = verdict->kind != Kind::Older && verdict->kind != Kind::Same;
        return isNewer
            ? show(
                Status::Bad,
                tr("The package holds %1, which is not older than the installed %2.").arg(to, from))
            : show(Status::Good, tr("The hosts go back from %1 to %2.").arg(from, to));
    }
    QStringList methods;
    for (const Method method : verdict->methods)
        methods << methodName(method);
    switch (verdict->kind) {
    case Kind::Documented:
        return show(Status::Good,
                    tr("The upgrade from %1 to %2 by this method is documented.").arg(from, to));
    case Kind::OtherMethod:
        return show(Status::Bad,
                    tr("The upgrade from %1 to %2 is documented for another method "
                       "only: %3.")
                        .arg(from, to, methods.join(QStringLiteral(", "))));
    case Kind::SeveralHops:
        return show(Status::Bad,
                    tr("The upgrade from %1 to %2 needs several steps: %3.")
                        .arg(from, to, verdict->hops.join(QStringLiteral(" → "))));
    case Kind::Same:
        return show(Status::Bad, tr("The installed version is already %1.").arg(to));
    case Kind::Older:
        return show(
            Status::Bad,
            tr("The package holds %1, which is older than the installed %2.").arg(to, from));
    case Kind::NotDocumented:
        return show(Status::Bad,
                    tr("The upgrade from %1 to %2 is not documented by the vendor.").arg(from, to));
    }
}

void PackagePage::retranslateUi()
{
    m_browse->setText(tr("B&rowse…"));
    m_progress->setAccessibleName(tr("Archive read"));
    m_optionsTitle->setText(tr("Settings of this upgrade method"));
    m_options->retranslate();
    for (const auto &[label, name] : m_names)
        label->setText(tr(name));
    update();
}

} // namespace kwup
