@echo off
rem Set up once, then open the viewer. Needs Python 3.11 or later.
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
cd /d "%~dp0"
set "CHECK=import sys; sys.exit(sys.version_info < (3, 11))"
for %%V in (3.14 3.13 3.12 3.11) do (
    py -%%V -c "%CHECK%" >nul 2>&1 && (
        py -%%V run.py %*
        goto :done
    )
)
python -c "%CHECK%" >nul 2>&1 && (
    python run.py %*
    goto :done
)
echo 没有找到 Python 3.11 或更新版本，请从 python.org 安装后重试（勾选 py launcher）。
echo Python 3.11 or later was not found; install it from python.org and try again.
pause
exit /b 2
:done
if errorlevel 1 pause
exit /b %errorlevel%
