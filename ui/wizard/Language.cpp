#include "ui/wizard/Language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace kwup {

Language::Language(QObject *parent)
    : QObject(parent)
{ }

Language::~Language() = default;

QStringList Language::codes()
{
    return {QStringLiteral("en"), QStringLiteral("zh_CN")};
}

QString Language::nativeName(const QString &code)
{
    return code == QLatin1String("zh_CN") ? QStringLiteral("简体中文") : QStringLiteral("English");
}

QString Language::preferred()
{
    const bool chinese = QLocale::system().language() == QLocale::Chinese;
    return chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

void Language::use(const QString &code)
{
    const QString known = codes().contains(code) ? code : QStringLiteral("en");
    if (known == m_code)
        return;
    m_code = known;
    QLocale::setDefault(QLocale(known));
    QCoreApplication::removeTranslator(&m_program);
    QCoreApplication::removeTranslator(&m_qt);
    // Qt's own first: the program's translation, installed last, is asked first.
    const QString qtName = QStringLiteral("qtbase_") + known;
    if (m_qt.load(qtName, QStringLiteral(":/i18n"))
        || m_qt.load(qtName, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_program.load(QStringLiteral("kwup_") + known, QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&m_program);
    emit changed();
}

} // namespace kwup
